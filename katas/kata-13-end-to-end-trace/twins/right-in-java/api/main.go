package main

import twin "plan-lab/kata-13/twin"

func main() { twin.API(twin.None) }
