//go:build unix

package preview

import (
	"os/exec"
	"syscall"
)

// detach keeps Ctrl-C in the terminal from ending a browser that was not running before.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
