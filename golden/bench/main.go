//go:build unix

// Command bench measures errgen against a yardstick: a process that only decodes the same catalog with yaml.v3 into
// structs.
//
// Both run in turn, in pairs, since a machine's speed changes from one minute to the next; what is printed are medians
// of the ratios of pairs. Arguments after the flags go to errgen. Up to 1,000 codes, what users would otherwise run on
// the same content has its turn too: openapi-typescript makes types, and oapi-codegen Go, of the generated OpenAPI
// document.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

var (
	sizes = flag.String("codes", "30,300,1000,10000", "sizes of the catalogs; 30 is errgen's own")
	pairs = flag.Int("pairs", 11, "how often both run")
	adds  = flag.Int("adds", 300, "codes of the catalog with which each target is added to a run; 0 for none")
	fresh = flag.Bool("fresh", false, "write into an empty folder each time; else outputs are there already, and right")
)

func main() {
	log.SetFlags(0)
	flag.Parse()
	folder, err := os.MkdirTemp("", "errgen-bench-")
	check(err)
	defer os.RemoveAll(folder)
	b := bench{folder: folder}
	b.build("..", "./cmd/errgen")
	b.build(".", "./bench/yardstick")
	b.build(".", "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen")
	fmt.Println("codes    input MB  Y ms CPU  CPU in Y  wall in Y  memory MB  output MB  openapi-typescript in Y  " +
		"oapi-codegen in Y")
	perCode := map[int]time.Duration{}
	for size := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(size)
		check(err)
		perCode[n] = b.compare(n)
	}
	if large, small := perCode[10000], perCode[1000]; small > 0 && large > 0 {
		fmt.Printf("\nCPU(10,000) = %.1f x CPU(1,000)\n", float64(large)/float64(small))
	}
	if *adds > 0 {
		b.addTargets(*adds)
	}
}

// addTargets prints what each target adds to a run that writes JSON alone.
func (b bench) addTargets(n int) {
	folder := filepath.Join(b.folder, "adds")
	catalog := filepath.Join(folder, "errors.yaml")
	makeCatalog(catalog, n)
	targets, err := filepath.Glob("../templates/*/target.yaml")
	check(err)
	fmt.Printf("\n%-11s adds CPU in Y, with %d codes\n", "target", n)
	for _, path := range targets {
		name := filepath.Base(filepath.Dir(path))
		if name == "json" {
			continue
		}
		json := []string{"generate", "-q", "-t", "json=json"}
		var added []float64
		for i := range *pairs + 1 {
			y := b.run(folder, "yardstick", catalog)
			alone, both := b.run(folder, "errgen", json...), b.run(folder, "errgen", append(json, "-t", name+"=here")...)
			if i > 0 { // the first warms up, and writes the outputs
				added = append(added, ratio(both.cpu, y.cpu)-ratio(alone.cpu, y.cpu))
			}
		}
		check(os.RemoveAll(filepath.Join(folder, "here")))
		fmt.Printf("%-11s %.1f\n", name, median(added))
	}
}

func check(err error) {
	if err != nil {
		log.Fatal("bench: ", err)
	}
}

type bench struct{ folder string }

// build compiles a command of the module in the folder, as action.yml does: not linked with C, which would cost each
// start a millisecond.
func (b bench) build(module, command string) {
	cmd := exec.Command("go", "build", "-C", module, "-o", b.folder+string(filepath.Separator), command)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	check(cmd.Run())
}

// compare prints one line, and returns errgen's CPU time.
func (b bench) compare(n int) time.Duration {
	folder := filepath.Join(b.folder, strconv.Itoa(n))
	catalog, out := filepath.Join(folder, "errors.yaml"), filepath.Join(folder, "out")
	makeCatalog(catalog, n)
	input := size(catalog)
	var unit, cpu []time.Duration
	var ratios, walls, memories, typeScript, golang []float64
	for i := range *pairs + 1 {
		y := b.run(folder, "yardstick", catalog)
		if *fresh {
			check(os.RemoveAll(out))
		}
		e := b.run(folder, "errgen", append([]string{"generate", "-q", "--max-size", "1000000000"}, flag.Args()...)...)
		if i == 0 {
			continue // warms up, and writes the outputs
		}
		unit, cpu = append(unit, y.cpu), append(cpu, e.cpu)
		ratios, walls = append(ratios, ratio(e.cpu, y.cpu)), append(walls, ratio(e.wall, y.wall))
		memories = append(memories, float64(e.memory)/1e6)
		if document := filepath.Join(out, "openapi", "errors.openapi.yaml"); i <= others && n <= 1000 && exists(document) {
			if exists(openapiTypeScript) { // make test brings it, where npm is installed
				typeScript = append(typeScript, ratio(b.openapiTypeScript(document).cpu, y.cpu))
			}
			golang = append(golang, ratio(b.oapiCodegen(document).cpu, y.cpu))
		}
	}
	fmt.Printf("%-8d %8.2f  %8.1f  %8.2f  %9.2f  %9.1f  %9.2f  %23s  %17s\n", n, float64(input)/1e6,
		float64(median(unit))/1e6, median(ratios), median(walls), median(memories), float64(size(out))/1e6,
		medianOf(typeScript), medianOf(golang))
	return median(cpu)
}

// others is how often those run that take seconds.
const others = 3

const openapiTypeScript = "node_modules/openapi-typescript/bin/cli.js"

func (b bench) openapiTypeScript(document string) usage {
	node := "node_modules/.bin/node" // which package-lock.json brings where the system's own may be too old
	if !exists(node) {
		node = "node"
	}
	return b.command(".", node, openapiTypeScript, document, "-o", filepath.Join(b.folder, "types.ts"))
}

func (b bench) oapiCodegen(document string) usage {
	return b.run(".", "oapi-codegen", "-generate", "types,skip-prune", "-package", "types", "-o",
		filepath.Join(b.folder, "types.go"), document)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// medianOf is empty where nothing was measured.
func medianOf(ratios []float64) string {
	if len(ratios) == 0 {
		return ""
	}
	return strconv.FormatFloat(median(ratios), 'f', 1, 64)
}

// makeCatalog writes a catalog of n codes. It is never in memory as a whole: what the system reports as the peak of a
// new process begins with the size of the one that started it.
func makeCatalog(path string, n int) {
	check(os.Mkdir(filepath.Dir(path), 0o755))
	f, err := os.Create(path)
	check(err)
	if n == 30 {
		own, err := os.Open("../errors.yaml")
		check(err)
		_, err = io.Copy(f, own)
		check(err)
	} else {
		check(writeCatalog(f, n))
	}
	check(f.Close())
}

func size(path string) (bytes int64) {
	check(filepath.Walk(path, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			bytes += info.Size()
		}
		return err
	}))
	return bytes
}

type usage struct {
	cpu, wall time.Duration
	memory    int64 // peak, in bytes
}

// run runs a command that build has made.
func (b bench) run(folder, name string, args ...string) usage {
	return b.command(folder, filepath.Join(b.folder, name), args...)
}

// command runs a program in a folder to its end; one that fails ends the bench.
func (b bench) command(folder, name string, args ...string) usage {
	cmd := exec.Command(name, args...)
	var words bytes.Buffer
	cmd.Dir, cmd.Stderr = folder, &words
	start := time.Now()
	if err := cmd.Run(); err != nil {
		log.Fatalf("bench: %s: %v\n%s", name, err, &words)
	}
	used := usage{cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), wall: time.Since(start)}
	used.memory = cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss
	if runtime.GOOS != "darwin" { // which alone counts in bytes
		used.memory *= 1024
	}
	return used
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

func median[T time.Duration | float64](values []T) T {
	slices.Sort(values)
	return values[len(values)/2]
}
