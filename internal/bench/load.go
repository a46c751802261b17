package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"
)

const (
	clients  = 8
	requests = 4000
)

// serveLarge measures pages and searches of the large site, 8 clients at once.
func (b *bench) serveLarge(p place) error {
	s, err := b.serve(p, "large")
	if err != nil {
		return err
	}
	defer s.stop()
	b.tell("start-60000"+p.suffix, s.start.Seconds(), "s")
	began := time.Now()
	refs, err := s.refs(1000)
	if err != nil {
		return err
	}
	b.tell("first-lists-60000"+p.suffix, time.Since(began).Seconds(), "s")
	random := rand.New(rand.NewPCG(1, 2))
	var pages, searches, commonests []string
	for i := range requests {
		pages = append(pages, "/en/commitments/"+refs[random.IntN(len(refs))])
		searches = append(searches, "/en/commitments?q="+url.QueryEscape(query(random)))
		if i%10 == 0 {
			commonests = append(commonests, fmt.Sprintf("/en/commitments?q=%s&year=%d", commonest, 2012+2*(i/10%5)))
		}
	}
	for _, of := range []struct {
		name       string
		paths      []string
		floor, aim float64
	}{{"commitment-page", pages, 50, 10}, {"search", searches, 300, 60}, {"search-commonest", commonests, 300, 60}} {
		before, err := s.cpu()
		if err != nil {
			return err
		}
		times, err := s.load(of.paths)
		if err != nil {
			return err
		}
		after, err := s.cpu()
		if err != nil {
			return err
		}
		b.tell(of.name+"-cpu"+p.suffix, float64((after-before).Microseconds())/1000/float64(len(of.paths)), "ms")
		b.tell(of.name+"-p50"+p.suffix, percentile(times, 0.5), "ms")
		b.report(of.name+"-p99"+p.suffix, percentile(times, 0.99), "ms", of.floor, of.aim)
	}
	mb, err := s.memory()
	if err != nil {
		return err
	}
	b.tell("memory-60000-under-load"+p.suffix, mb, "MB")
	return nil
}

// load asks for the paths from all clients at once and returns the time of each
// answer in milliseconds.
func (s *served) load(paths []string) ([]float64, error) {
	work := make(chan string)
	times := make([]float64, 0, len(paths))
	var mu sync.Mutex
	var wg sync.WaitGroup
	var failed error
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}
	for range clients {
		wg.Go(func() {
			for path := range work {
				began := time.Now()
				err := fetchAll(client, s.base+path)
				took := float64(time.Since(began).Microseconds()) / 1000
				mu.Lock()
				times = append(times, took)
				if err != nil {
					failed = err
				}
				mu.Unlock()
			}
		})
	}
	for _, p := range paths {
		work <- p
	}
	close(work)
	wg.Wait()
	return times, failed
}

func fetchAll(client *http.Client, address string) error {
	res, err := client.Get(address)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", address, res.Status)
	}
	_, err = io.Copy(io.Discard, res.Body)
	return err
}

// refs returns the addresses of n commitments.
func (s *served) refs(n int) ([]string, error) {
	var refs []string
	cursor := ""
	for len(refs) < n {
		res, err := http.Get(s.base + "/api/v1/commitments?limit=200&cursor=" + url.QueryEscape(cursor))
		if err != nil {
			return nil, err
		}
		var page struct {
			Items []struct {
				ID    string `json:"id"`
				OGPID string `json:"ogp_id"`
			}
			Next *string
		}
		err = json.NewDecoder(res.Body).Decode(&page)
		res.Body.Close()
		if err != nil {
			return nil, err
		}
		for _, i := range page.Items {
			ref := i.OGPID
			if ref == "" {
				ref = i.ID
			}
			refs = append(refs, ref)
		}
		if page.Next == nil {
			break
		}
		cursor = *page.Next
	}
	return refs, nil
}

var link = regexp.MustCompile(`href="(/en/[^"#]*)"`)

// pages walks the English site from its home page and returns up to 400 addresses.
func (s *served) pages() ([]string, error) {
	seen := map[string]bool{"/en/": true}
	queue := []string{"/en/"}
	for i := 0; i < len(queue) && len(queue) < 400; i++ {
		res, err := http.Get(s.base + queue[i])
		if err != nil {
			return nil, err
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			return nil, err
		}
		for _, m := range link.FindAllSubmatch(body, -1) {
			path := strings.ReplaceAll(string(m[1]), "&amp;", "&")
			if !seen[path] {
				seen[path] = true
				queue = append(queue, path)
			}
		}
	}
	return queue, nil
}

var asset = regexp.MustCompile(`(?:src|href)="(/assets/[^"]*)"`)

// coldVisits measures every byte of an answer with its headers, and of what the
// page needs, compressed as a browser asks for it.
func (b *bench) coldVisits(suffix string, s *served, pages []string) error {
	assets := map[string]float64{}
	var sizes []float64
	for _, path := range pages {
		size, body, err := wire(s.base + path)
		if err != nil {
			return err
		}
		needed := map[string]bool{}
		for _, m := range asset.FindAllStringSubmatch(body, -1) {
			needed[m[1]] = true
		}
		for a := range needed {
			if assets[a] == 0 {
				if assets[a], _, err = wire(s.base + a); err != nil {
					return err
				}
			}
			size += assets[a]
		}
		sizes = append(sizes, size/1024)
	}
	b.report("cold-visit-p95"+suffix, percentile(sizes, 0.95), "KB", 30, 20)
	b.report("cold-visit-max"+suffix, percentile(sizes, 1), "KB", 60, 30)
	return nil
}

// wire returns the bytes of an answer on the wire, headers included, and its text.
func wire(address string) (float64, string, error) {
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Accept-Encoding", "gzip")
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	head, err := httputil.DumpResponse(res, false)
	if err != nil {
		return 0, "", err
	}
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, "", err
	}
	text := string(raw)
	if res.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(strings.NewReader(text))
		if err != nil {
			return 0, "", err
		}
		plain, err := io.ReadAll(z)
		if err != nil {
			return 0, "", err
		}
		text = string(plain)
	}
	return float64(len(head) + len(raw)), text, nil
}
