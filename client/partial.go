package client

import (
	"slices"

	"unleash-invite/model"
)

// Whoever has an invite link can sign up without end, so that one link makes the list
// longer than what is read of it. No admin is kept from deleting that link: a list is
// cut, never refused, and what was known before stands in for what was cut off.

// withKnown is the list, with the tokens known before where it is not whole.
func withKnown(list taggedList, known []model.Token) []model.Token {
	if !list.partial {
		return list.tokens
	}
	listed := make(map[string]bool, len(list.tokens))
	for i := range list.tokens {
		listed[list.tokens[i].Secret] = true
	}
	all := slices.Clone(list.tokens)
	for _, t := range known {
		if !listed[t.Secret] {
			all = append(all, t)
		}
	}
	return all
}

// learn notes what the server told of one token; a write's answer tells nothing of who joined.
func (c *Client) learn(t model.Token, write bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := slices.Clone(c.known) // looks hold the old one
	i := slices.IndexFunc(all, func(old model.Token) bool { return old.Secret == t.Secret })
	switch {
	case i < 0:
		all = append(all, t)
	case write:
		t.Joined, t.MoreJoined = all[i].Joined, all[i].MoreJoined
		fallthrough
	default:
		all[i] = t
	}
	c.known = all
}

// notWhole is why no link is made while another may be live that the list does not show.
func notWhole() *Error {
	return &Error{
		Kind:     KindInTheWay,
		sentence: "the link was not created: the server's list is too long to be read whole, so another link may be live",
		hint:     "Rotate the link that so many people joined with, or delete it and their accounts",
	}
}
