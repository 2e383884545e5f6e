package demo

import "net/http"

func (s *Server) getHealth(w http.ResponseWriter, r *http.Request) {
	s.answer(w, r, http.StatusOK, map[string]string{"health": "GOOD"})
}

// adminUI stands for the web application at every path outside the API.
func adminUI(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		notRouted(w, r)
		return
	}
	writePage(w, http.StatusOK, "Unleash")
}

func (s *Server) getUser(w http.ResponseWriter, r *http.Request) {
	type permission struct {
		Permission string `json:"permission"`
	}
	a, _ := s.account(r)
	permissions := []permission{}
	if a.admin() {
		permissions = append(permissions, permission{"ADMIN"})
	}
	w.Header().Set("Cache-Control", "no-store")
	s.answer(w, r, http.StatusOK, map[string]any{
		"user": a, "permissions": permissions, "feedback": []string{}, "splash": struct{}{},
	})
}

func (s *Server) getUIConfig(w http.ResponseWriter, r *http.Request) {
	s.answer(w, r, http.StatusOK, map[string]any{
		"name":               "Unleash",
		"environment":        "Demo",
		"version":            s.version,
		"unleashUrl":         s.URL(),
		"baseUriPath":        s.basePath,
		"authenticationType": "open-source",
		"emailEnabled":       false,
		"versionInfo": map[string]any{
			"current": map[string]string{"oss": s.version, "enterprise": ""}, "latest": struct{}{}, "isLatest": true,
		},
		"disablePasswordAuth": s.passwordsOff.Load(),
		"maintenanceMode":     s.maintenance.Load(),
		"flags":               struct{}{},
	})
}
