// Command api is a stranger's program: a server and a client that share a generated package.
package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"shop.example.com/api/internal/apierr"
)

//go:generate go tool errgen generate --catalog shop.yaml --target go=internal/apierr

func order(w http.ResponseWriter, r *http.Request) {
	var err error
	switch r.URL.Path {
	case "/stock":
		err = fmt.Errorf("ordering: %w", apierr.NewOutOfStock(apierr.OutOfStockDetails{
			Articles: []apierr.OutOfStockDetailsArticlesItem{{Sku: "a-1", Left: 2}},
		}))
	case "/slow":
		err = apierr.NewSlowDown(1500 * time.Millisecond)
	default:
		err = errors.New("password=hunter2")
	}
	if err := apierr.Write(w, err); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

func main() {
	server := httptest.NewServer(http.HandlerFunc(order))
	defer server.Close()
	get := func(path string) error {
		resp, err := http.Get(server.URL + path)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		return apierr.FromResponse(resp)
	}

	stock := get("/stock")
	details, ok := apierr.DetailsOf[apierr.OutOfStockDetails](stock)
	must(errors.Is(stock, apierr.CodeOutOfStock) && ok && len(details.Articles) == 1 &&
		details.Articles[0].Left == 2, stock)

	slow := get("/slow")
	var e *apierr.Error
	must(errors.As(slow, &e) && e.Retryable() && e.RetryAfter == 2*time.Second, slow)

	unknown := get("/else")
	must(apierr.CodeOf(unknown) == apierr.CodeInternal && errors.As(unknown, &e) &&
		e.Message == "Something broke" && e.Status == 500, unknown)

	fmt.Println("all well")
}

func must(ok bool, err error) {
	if !ok {
		fmt.Printf("unexpected: %#v\n", err)
		os.Exit(1)
	}
}
