// Command release packs the binaries of a release for npm and for PyPI, so that errgen installs without Go.
//
// It takes the folder in which goreleaser leaves its builds, errgen_GOOS_GOARCH*/errgen, and writes below the other one
// npm/errgen, npm/errgen-PLATFORM and wheels/*.whl. The same binaries give the same bytes.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

const (
	summary = "One errors.yaml into everything an API says about its errors: Go, TypeScript, OpenAPI, docs and more"
	license = "Apache-2.0"
	home    = "https://github.com/sigsentry/errgen"
)

func main() {
	version := flag.String("version", "", "version of the release, such as 1.2.3 or 1.2.3-rc.1")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: release -version 1.2.3 BUILDS OUT")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 2 {
		flag.Usage()
		os.Exit(2)
	}
	if err := release(*version, flag.Arg(0), flag.Arg(1)); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

var versions = regexp.MustCompile(`^(\d+\.\d+\.\d+)(?:-rc\.(\d+))?$`)

func release(version, builds, out string) error {
	if !versions.MatchString(version) {
		return fmt.Errorf("%q is not a version such as 1.2.3 or 1.2.3-rc.1", version)
	}
	found, err := findBuilds(builds)
	if err != nil {
		return err
	}
	texts, err := readTexts(version)
	if err != nil {
		return err
	}
	if err := writeMainPackage(version, found, texts, filepath.Join(out, "npm", "errgen")); err != nil {
		return err
	}
	for _, build := range found {
		if err := writePlatformPackage(version, build, texts, filepath.Join(out, "npm", "errgen-"+build.npm())); err != nil {
			return err
		}
		if err := writeWheel(version, build, texts, filepath.Join(out, "wheels")); err != nil {
			return err
		}
	}
	return nil
}

// A platform is one that errgen is built for.
type platform struct {
	goos, goarch string
	os, cpu      string // as Node calls them
	wheel        string // the platform tag of a wheel; the binary is static, so it runs with any C library
}

var platforms = []platform{
	{"linux", "amd64", "linux", "x64", "manylinux2014_x86_64.musllinux_1_1_x86_64"},
	{"linux", "arm64", "linux", "arm64", "manylinux2014_aarch64.musllinux_1_1_aarch64"},
	{"darwin", "amd64", "darwin", "x64", "macosx_11_0_x86_64"},
	{"darwin", "arm64", "darwin", "arm64", "macosx_11_0_arm64"},
	{"windows", "amd64", "win32", "x64", "win_amd64"},
	{"windows", "arm64", "win32", "arm64", "win_arm64"},
}

func (p platform) npm() string { return p.os + "-" + p.cpu }

func (p platform) binary() string {
	if p.goos == "windows" {
		return "errgen.exe"
	}
	return "errgen"
}

// A build is the binary of one platform.
type build struct {
	platform
	content []byte
}

func findBuilds(dir string) ([]build, error) {
	var found []build
	for _, p := range platforms {
		paths, err := filepath.Glob(filepath.Join(dir, "errgen_"+p.goos+"_"+p.goarch+"*", p.binary()))
		if err != nil {
			return nil, err
		}
		if len(paths) > 1 {
			return nil, fmt.Errorf("%s and %s are both for %s/%s", paths[0], paths[1], p.goos, p.goarch)
		}
		for _, path := range paths {
			content, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			found = append(found, build{p, content})
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%s holds no errgen_GOOS_GOARCH/errgen", dir)
	}
	return found, nil
}

// texts are the files of the repository that every package carries.
type texts struct{ readme, license []byte }

// readTexts expects to run in the root of the repository.
func readTexts(version string) (texts, error) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		return texts{}, err
	}
	license, err := os.ReadFile("LICENSE")
	return texts{absolute(readme, version), license}, err
}

var relativeLink = regexp.MustCompile(`\]\(([A-Za-z.][^):\s]*)\)`)

// absolute has links lead to the repository as it is at the release: a registry has no other file of it.
func absolute(readme []byte, version string) []byte {
	return relativeLink.ReplaceAllFunc(readme, func(link []byte) []byte {
		path, at := relativeLink.FindSubmatch(link)[1], home+"/blob/v"+version+"/"
		if bytes.HasSuffix(path, []byte(".png")) {
			at = home + "/raw/v" + version + "/"
		}
		return slices.Concat([]byte("]("+at), path, []byte(")"))
	})
}
