package kit

import (
	"strings"
	"testing"
	"time"
)

func given(variables map[string]string) *Environment {
	return &Environment{get: func(name string) string { return variables[name] }}
}

func TestTheFallbackIsTakenOnlyWhereNothingIsGiven(t *testing.T) {
	env := given(map[string]string{"PORT": "8080", "PLAN_RETRIES": "0"})
	if port := env.Port(); port != 8080 {
		t.Errorf("port %d", port)
	}
	if retries := env.Integer("PLAN_RETRIES", 50); retries != 0 {
		t.Errorf("%d retries", retries)
	}
	if think := env.Milliseconds("PLAN_THINK_MS", 5); think != 5*time.Millisecond {
		t.Errorf("think %v", think)
	}
	if strategy := env.Text("PLAN_STRATEGY", "none"); strategy != "none" {
		t.Errorf("strategy %q", strategy)
	}
	if env.Err() != nil {
		t.Error(env.Err())
	}
}

func TestTheFirstWrongVariableIsNamed(t *testing.T) {
	wrong := map[string]string{"PORT": "65536", "PLAN_THINK_MS": "-1", "PLAN_RETRIES": "2.5"}
	ask := map[string]func(*Environment){
		"PORT":          func(env *Environment) { env.Port() },
		"PLAN_THINK_MS": func(env *Environment) { env.Milliseconds("PLAN_THINK_MS", 5) },
		"PLAN_RETRIES":  func(env *Environment) { env.Integer("PLAN_RETRIES", 50) },
		"DATABASE_URL":  func(env *Environment) { env.Required("DATABASE_URL") },
	}
	for name, read := range ask {
		env := given(wrong)
		read(env)
		env.Required("LATER")
		if env.Err() == nil || !strings.HasPrefix(env.Err().Error(), name+" ") {
			t.Errorf("%s: %v", name, env.Err())
		}
	}
}
