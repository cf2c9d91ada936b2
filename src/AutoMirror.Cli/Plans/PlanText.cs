using AutoMirror.Cli.Printing;

namespace AutoMirror.Cli.Plans;

/// <summary>A plan, or what became of it, for a person.</summary>
internal static class PlanText
{
    /// <summary>Writes what would be done.</summary>
    public static void Write(Page page, PlanDocument plan, int limit)
    {
        WriteHead(page, plan);
        WriteProblems(page, plan.Problems);
        WriteChanges(page, plan.Changes, limit);
        page.Line();
        if (plan.IsOff is true)
            page.Line("AutoMirror is switched off: this is what it would do in the mode sync. automirror resume switches it on.");
        page.Line(plan.Changes.Count == 0
            ? plan.Converged ? "Nothing to change: EC2 is as it should be." : "Nothing to change now; the problems above are for a person."
            : $"{Counted.Of(plan.Changes.Create.Count, "session")} to make, {plan.Changes.Modify.Count} to change, "
                + $"{plan.Changes.Delete.Count} to delete. "
                + "Nothing was changed: automirror sync carries it out.");
    }

    /// <summary>Writes what was done.</summary>
    public static void WriteDone(Page page, PlanDocument done, int limit)
    {
        WriteHead(page, done);
        WriteProblems(page, done.Problems);
        WriteChanges(page, done.Changes, limit);
        if (done.Failed is { Count: > 0 } failed)
        {
            page.Heading("Not done");
            page.Table(
                ["interface", "action", "why"], [.. failed.Select(each => (string[])[each.NetworkInterfaceId, each.Action, each.Why])],
                    limit);
        }

        page.Line();
        page.Mark(
            done.Converged,
            done.Changes.Count == 0 && done.Converged ? "Nothing was to be changed: EC2 is as it should be."
                : $"{Counted.Of(done.Changes.Create.Count, "session")} made, {done.Changes.Modify.Count} changed, "
                    + $"{done.Changes.Delete.Count} deleted. EC2 is "
                    + $"{(done.Converged ? "" : "not yet ")}as it should be.");
    }

    /// <summary>Problems, each as a mark and its words.</summary>
    public static void WriteProblems(Page page, IReadOnlyList<ProblemEntry> problems)
    {
        if (problems.Count == 0)
            return;
        page.Heading("Problems");
        foreach (var problem in problems)
            page.Mark(false, $"{problem.Problem}: {problem.Message}");
    }

    private static void WriteHead(Page page, PlanDocument plan) => page.Line(
        $"{plan.Deployment} in {plan.Region}{(plan.Account is { } account ? $", account {account}" : "")}: "
            + $"{Counted.Of(plan.Counts.Values.Sum(), "interface")}"
            + (plan.Counts.Count == 0 ? "" : $" – {string.Join(", ", plan.Counts.Select(each => $"{each.Value} {each.Key}"))}"));

    private static void WriteChanges(Page page, ChangeLists changes, int limit)
    {
        if (changes.Count == 0)
            return;
        page.Heading("Changes");
        page.Table(
            ["", "interface", "instance", "sensor", "target", "number", "because"],
            [
                .. changes.Delete.Select(each => Row("-", each)), .. changes.Modify.Select(each => Row("~", each)),
                .. changes.Create.Select(each => Row("+", each)),
            ],
            limit);
    }

    private static string[] Row(string mark, ChangeEntry each) =>
    [
        mark, each.NetworkInterfaceId, each.InstanceId ?? "", each.Sensor ?? "", each.TargetId, $"{each.SessionNumber}",
        each.Changed is { Count: > 0 } changed ? $"{string.Join(", ", changed)} – {each.Because}" : each.Because,
    ];
}
