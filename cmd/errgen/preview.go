package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/preview"
	"github.com/sigsentry/errgen/generator/project"
)

func newPreview(f *flags) *cobra.Command {
	p := &previewer{flags: f}
	cmd := &cobra.Command{
		Use:   "preview",
		Short: "Show the catalog as a page in the browser, live",
		Long: `Serves the page of the target html, or of your own that -t names, from memory: to this machine alone, at a free port
whose address it prints. Nothing is written.

Every save of the catalog, errgen.yaml or a file of --templates reloads it, where the reader is. While the catalog is
wrong, its mistakes are shown over the last good page.`,
		Example: `  errgen preview --open
  errgen preview -c api/errors.yaml`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return p.run() },
	}
	cmd.Flags().BoolVar(&p.open, "open", false, "open the page in the browser")
	cmd.Flags().BoolVar(&p.poll, "poll", false, "look every 500 ms, where the file system does not tell of changes")
	return cmd
}

type previewer struct {
	*flags
	open, poll bool

	address string
	page    *preview.Page
}

func (p *previewer) run() error {
	if p.forMachine() {
		return fmt.Errorf("preview is for people; leave out --format %s", p.format)
	}
	if len(p.targets) > 1 {
		return errors.New("preview shows one page; leave out -t, or name one target")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return p.serve(ctx)
}

// serve shows the page until ctx ends. It does not wait for a page that is being rendered then: nothing is lost.
func (p *previewer) serve(ctx context.Context) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("cannot serve the page: %w", err)
	}
	p.address = "http://" + listener.Addr().String() + "/"
	p.page = preview.New(listener.Addr().(*net.TCPAddr).Port)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 2)
	go func() { ended <- preview.Serve(ctx, listener, p.page) }()
	go func() {
		if err := p.follow(ctx, p.poll, p.show, p.fail); err != nil {
			ended <- err
		}
	}()
	return <-ended
}

// fail shows trouble outside of the catalog.
func (p *previewer) fail(err error) {
	p.complain(err)
	p.page.Fail(visibleLines(err.Error()))
}

// show renders the page, and shows it or the mistakes of the catalog.
func (p *previewer) show(config *project.Config, again bool) (summary string, err error) {
	nonce := rand.Text()
	result, err := p.render(config, nonce)
	if err != nil {
		return "", err
	}
	if err := p.print(p.stderr, result.Diagnostics); err != nil {
		return "", err
	}
	if !again {
		defer p.announce()
	}
	if !result.Diagnostics.HasErrors() {
		p.page.Show(result.Files[0].Content, nonce)
		return "the page is current", nil
	}
	var mistakes strings.Builder
	if err := diag.Text(&mistakes, result.Diagnostics, diag.Style{}); err != nil {
		return "", err
	}
	p.page.Fail(mistakes.String())
	p.say("")
	return count(result.Diagnostics.Count(diag.Error), "error") + ", shown in the browser", errFound
}

// render makes the page with a nonce for its script and style.
func (p *previewer) render(config *project.Config, nonce string) (*generator.Result, error) {
	name, _, _ := strings.Cut(append(p.targets, "html")[0], "=")
	page := config.Selection(name)
	page.Out = "." // nothing is written there
	options := config.Options
	options.Targets, options.Live = []generator.Selection{page}, nonce
	result, err := generator.Generate(options)
	if err != nil || result.Diagnostics.HasErrors() {
		return result, err
	}
	if len(result.Files) != 1 || !bytes.Contains(result.Files[0].Content, []byte(nonce)) {
		err = fmt.Errorf("the target %s is no page that can be live: it takes engine: html, one file, "+
			"and scripts with the nonce {{.Live}} as in the target html", diag.Quote(name))
	}
	return result, err
}

// announce prints the address, and opens it if asked to.
func (p *previewer) announce() {
	fmt.Fprintln(p.stdout, p.address)
	if !p.open {
		return
	}
	go func() {
		if err := preview.Open(p.address); err != nil {
			p.complain(err)
		}
	}()
}
