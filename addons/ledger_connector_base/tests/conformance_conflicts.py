# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two people edit the same record: nothing is lost, and what counts is decided."""


class ConflictConformance:
    """Edits on both sides between two runs."""

    def edited_on_both_sides(self, policy, ours, theirs):
        """A customer that both sides edited since it was sent."""
        self.push_flow("partner")
        self.flow("partner").write({"active": True, "conflict_policy": policy})
        [partner] = self.sent("Bergen Bygg AS", email="felles@example.org")
        self.pull()
        partner.write(ours)
        external_id = self.link_of(partner).external_id
        self.books.change_customer(external_id, **theirs)
        return partner, external_id

    def both_ways(self, order):
        for direction in order:
            self.env.cr.precommit.run()
            if direction == "pull":
                self.pull()
            else:
                self.push()

    def forget(self, partner):
        """As if the customer had never been."""
        self.books.delete_customer(self.link_of(partner).external_id)
        self.link_of(partner).unlink()
        partner.active = False
        self.push()

    def test_edits_of_different_fields_are_no_conflict(self):
        for order in (("pull", "push"), ("push", "pull")):
            with self.subTest(order=order):
                partner, external_id = self.edited_on_both_sides(
                    "ask",
                    {"email": "vaar@example.org"},
                    {"name": f"Navn {order[0]} AS"},
                )
                self.both_ways(order)
                there = self.books.find_customer(external_id)
                self.assertEqual(there["email"], "vaar@example.org")
                self.assertEqual(there["name"], f"Navn {order[0]} AS")
                self.assertEqual(partner.name, f"Navn {order[0]} AS")
                self.assertEqual(partner.email, "vaar@example.org")
                self.assertFalse(self.link_of(partner).conflict_ids)
                self.forget(partner)

    def test_who_wins_is_the_flows_to_say_and_the_loser_is_kept(self):
        winners = {"system": "deres@example.org", "odoo": "vaar@example.org"}
        for policy, winner in winners.items():
            for order in (("pull", "push"), ("push", "pull")):
                with self.subTest(policy=policy, order=order):
                    partner, external_id = self.edited_on_both_sides(
                        policy,
                        {"email": "vaar@example.org"},
                        {"email": "deres@example.org"},
                    )
                    self.both_ways(order)
                    there = self.books.find_customer(external_id)
                    self.assertEqual((partner.email, there["email"]), (winner, winner))
                    conflict = self.link_of(partner).conflict_ids
                    self.assertEqual(conflict.mapped("state"), [policy])
                    self.assertEqual(conflict.odoo_value, "vaar@example.org")
                    self.assertEqual(conflict.system_value, "deres@example.org")
                    self.forget(partner)

    def test_a_question_shows_both_values_and_holds_nothing_else_up(self):
        partner, external_id = self.edited_on_both_sides(
            "ask",
            {"email": "vaar@example.org", "street": "Ny gate 2"},
            {"email": "deres@example.org"},
        )
        self.both_ways(("push", "pull", "push"))
        link = self.link_of(partner)
        self.assertEqual(link.state, "conflict")
        self.assertEqual(partner.email, "vaar@example.org")
        there = self.books.find_customer(external_id)
        self.assertEqual(there["email"], "deres@example.org")
        self.assertEqual(there["street"], "Ny gate 2")
        [activity] = self.activities(self.connection)
        self.assertIn("vaar@example.org", activity.note)
        self.assertIn("deres@example.org", activity.note)

    def test_a_decision_is_carried_out_on_both_sides(self):
        decisions = {
            "action_take_odoo": "vaar@example.org",
            "action_take_system": "deres@example.org",
        }
        for decision, winner in decisions.items():
            with self.subTest(decision=decision):
                partner, external_id = self.edited_on_both_sides(
                    "ask",
                    {"email": "vaar@example.org"},
                    {"email": "deres@example.org"},
                )
                self.both_ways(("pull", "push"))
                conflict = self.link_of(partner).conflict_ids
                getattr(conflict.with_user(self.responsible), decision)()
                self.run_lanes()
                self.both_ways(("push", "pull"))
                there = self.books.find_customer(external_id)
                self.assertEqual((partner.email, there["email"]), (winner, winner))
                self.assertEqual(self.link_of(partner).state, "linked")
                self.assertFalse(self.activities(self.connection))
                self.forget(partner)

    def test_a_remembered_decision_asks_no_second_time(self):
        partner, external_id = self.edited_on_both_sides(
            "ask", {"email": "a@example.org"}, {"email": "b@example.org"}
        )
        self.both_ways(("pull", "push"))
        conflict = self.link_of(partner).conflict_ids
        conflict.with_user(self.responsible).action_always_odoo()
        self.run_lanes()
        partner.email = "c@example.org"
        self.books.change_customer(external_id, email="d@example.org")
        self.both_ways(("pull", "push"))
        there = self.books.find_customer(external_id)
        self.assertEqual((partner.email, there["email"]), ("c@example.org",) * 2)
        self.assertEqual(self.link_of(partner).state, "linked")

    def test_the_same_edit_on_both_sides_is_no_conflict(self):
        partner, _external_id = self.edited_on_both_sides(
            "ask", {"email": "lik@example.org"}, {"email": "lik@example.org"}
        )
        self.both_ways(("pull", "push"))
        self.assertFalse(self.link_of(partner).conflict_ids)
        self.assertEqual(self.link_of(partner).state, "linked")

    def test_a_question_that_answers_itself_is_closed(self):
        partner, external_id = self.edited_on_both_sides(
            "ask", {"email": "a@example.org"}, {"email": "b@example.org"}
        )
        self.both_ways(("pull", "push"))
        self.books.change_customer(external_id, email="a@example.org")
        self.both_ways(("pull", "push"))
        self.assertEqual(self.link_of(partner).state, "linked")
        self.assertFalse(self.activities(self.connection))

    def test_an_edit_made_while_the_record_is_read_is_still_sent(self):
        partner, external_id = self.edited_on_both_sides(
            "system", {}, {"name": "Navn AS"}
        )
        self.both_ways(("pull",))
        partner.email = "sent@example.org"
        self.both_ways(("pull", "push"))
        there = self.books.find_customer(external_id)
        self.assertEqual(there["email"], "sent@example.org")
