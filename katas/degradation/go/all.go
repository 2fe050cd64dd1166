package main

// allOf asks them in turn; who is refused by one has left those before it.
func allOf(guards ...guard) guard {
	return func(a asking) (func(), *refusal) {
		var leaves []func()
		leave := func() {
			for _, one := range leaves {
				one()
			}
		}
		for _, guard := range guards {
			own, refused := guard(a)
			if refused != nil {
				leave()
				return nil, refused
			}
			leaves = append(leaves, own)
		}
		return leave, nil
	}
}
