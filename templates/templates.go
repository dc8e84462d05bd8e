// Package templates holds errgen's own targets: a folder each, read by the same code as a user's.
package templates

import "embed"

// FS has one folder for each target.
//
//go:embed */*
var FS embed.FS
