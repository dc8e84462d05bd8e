package preview

import (
	"fmt"
	"os/exec"
	"runtime"
	"time"
)

// Open opens an address in the browser. It learns of a failure within two seconds: some openers run as long as their
// browser does.
func Open(address string) error {
	opener := openers[runtime.GOOS]
	if opener == nil {
		opener = []string{"xdg-open"}
	}
	program, err := exec.LookPath(opener[0])
	if err != nil {
		return fmt.Errorf("there is no %s on the PATH, which opens the browser; open %s yourself", opener[0], address)
	}
	cmd := exec.Command(program, append(opener[1:], address)...)
	detach(cmd)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("cannot run %s, which opens the browser: %w; open %s yourself", opener[0], err, address)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err = <-ended:
	case <-time.After(2 * time.Second):
	}
	if err != nil {
		return fmt.Errorf("%s found no browser (%w); open %s yourself", opener[0], err, address)
	}
	return nil
}

var openers = map[string][]string{
	"darwin":  {"open"},
	"windows": {"rundll32", "url.dll,FileProtocolHandler"},
}
