# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Deliveries of one moment are stored together, and each gets its own answer."""

import threading

from odoo.tests import BaseCase, tagged

from ..controllers.together import Together


class Store:
    """A store that can be held, and remembers what it was given."""

    def __init__(self):
        self.batches = []
        self.is_busy, self.may_go_on = threading.Event(), threading.Event()

    def __call__(self, items):
        self.batches.append(items)
        self.is_busy.set()
        self.may_go_on.wait()
        if "broken" in items:
            raise OSError("the disk is full")
        return [f"stored {item}" for item in items]


@tagged("post_install", "-at_install")
class TestWebhookTogether(BaseCase):
    def setUp(self):
        super().setUp()
        self.store = Store()
        self.together = Together(self.store)
        self.answers = {}
        self.threads = []

    def start(self, *items):
        """Have *items* stored, each by a thread of its own."""
        for item in items:
            thread = threading.Thread(target=self.add, args=(item,), daemon=True)
            self.threads.append(thread)
            thread.start()

    def add(self, item):
        """Note what becomes of *item*."""
        try:
            self.answers[item] = self.together.add(item)
        except OSError as error:
            self.answers[item] = str(error)

    def finish(self):
        """Let the store work and wait for everybody."""
        self.store.may_go_on.set()
        for thread in self.threads:
            thread.join()

    def start_while_busy(self, first, *others):
        """Let *others* come while *first* is being stored."""
        self.start(first)
        self.store.is_busy.wait()
        self.start(*others)
        while len(self.together._queue) < len(others):
            threading.Event().wait(0.001)
        self.finish()

    def test_who_comes_while_another_is_stored_waits_and_shares_the_next_turn(self):
        self.start_while_busy("a", "b", "c", "d")
        self.assertEqual(len(self.store.batches), 2)
        self.assertEqual(self.store.batches[0], ["a"])
        self.assertEqual(sorted(self.store.batches[1]), ["b", "c", "d"])
        self.assertEqual(self.answers, {x: f"stored {x}" for x in "abcd"})

    def test_nobody_is_answered_before_the_store_is_done(self):
        self.start("a")
        self.store.is_busy.wait()
        self.assertFalse(self.answers)
        self.finish()
        self.assertEqual(self.answers, {"a": "stored a"})

    def test_what_goes_wrong_is_told_to_those_it_concerns_and_ends_there(self):
        self.start_while_busy("a", "broken", "c")
        self.assertEqual(self.answers["a"], "stored a")
        self.assertEqual(self.answers["broken"], "the disk is full")
        self.assertEqual(self.answers["c"], "the disk is full")
        self.add("d")
        self.assertEqual(self.answers["d"], "stored d")

    def test_one_after_the_other_each_is_stored_at_once(self):
        self.store.may_go_on.set()
        for item in "abc":
            self.add(item)
        self.assertEqual(self.store.batches, [["a"], ["b"], ["c"]])
