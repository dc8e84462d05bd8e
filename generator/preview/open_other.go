//go:build !unix

package preview

import "os/exec"

// detach has nothing to do: the browser is no child of rundll32.
func detach(*exec.Cmd) {}
