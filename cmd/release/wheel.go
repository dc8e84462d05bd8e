package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// writeWheel writes the wheel of a platform, by the binary distribution format of PyPA. The binary is one of its
// scripts: pip puts it beside python as it is, and no Python starts when it runs.
func writeWheel(version string, build build, texts texts, dir string) error {
	version = pythonVersion(version)
	release := "errgen-" + version
	info := release + ".dist-info/"
	files := []wheelFile{
		{release + ".data/scripts/" + build.binary(), build.content, 0o755},
		{info + "licenses/LICENSE", texts.license, 0o644},
		{info + "METADATA", metadata(version, texts.readme), 0o644},
		{info + "WHEEL", wheelTags(build.wheel), 0o644},
	}
	files = append(files, wheelFile{info + "RECORD", record(files, info), 0o644})
	content, err := packed(files)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, release+"-py3-none-"+build.wheel+".whl"), content, 0o644)
}

type wheelFile struct {
	name    string
	content []byte
	mode    os.FileMode
}

// pythonVersion writes 1.2.3-rc.1 as PEP 440 wants it, 1.2.3rc1.
func pythonVersion(version string) string {
	return strings.Replace(version, "-rc.", "rc", 1)
}

func metadata(version string, readme []byte) []byte {
	return fmt.Appendf(nil, `Metadata-Version: 2.4
Name: errgen
Version: %s
Summary: %s
License-Expression: %s
License-File: LICENSE
Project-URL: Homepage, %s
Requires-Python: >=3.8
Description-Content-Type: text/markdown

%s`, version, summary, license, home, readme)
}

// wheelTags names a tag for each platform that the file name joins with dots.
func wheelTags(platforms string) []byte {
	tags := []byte("Wheel-Version: 1.0\nGenerator: errgen\nRoot-Is-Purelib: false\n")
	for platform := range strings.SplitSeq(platforms, ".") {
		tags = fmt.Appendf(tags, "Tag: py3-none-%s\n", platform)
	}
	return tags
}

func record(files []wheelFile, info string) []byte {
	var lines []byte
	for _, file := range files {
		sum := sha256.Sum256(file.content)
		hash := base64.RawURLEncoding.EncodeToString(sum[:])
		lines = fmt.Appendf(lines, "%s,sha256=%s,%d\n", file.name, hash, len(file.content))
	}
	return fmt.Appendf(lines, "%sRECORD,,\n", info)
}

func packed(files []wheelFile) ([]byte, error) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, file := range files {
		header := &zip.FileHeader{Name: file.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
		header.SetMode(file.mode)
		w, err := archive.CreateHeader(header)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(file.content); err != nil {
			return nil, err
		}
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
