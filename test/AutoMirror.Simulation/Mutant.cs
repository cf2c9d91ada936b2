using Amazon.EC2;
using Amazon.SimpleSystemsManagement;
using AutoMirror.Aws.Hosting;
using AutoMirror.Simulation.Wire;

namespace AutoMirror.Simulation;

/// <summary>A planted bug, between the function and EC2 or between Lambda and the function: what the simulation has to find.</summary>
internal sealed record Mutant(string Name, string What)
{
    public static Mutant None { get; } = new("none", "the function as it is");

    /// <summary>Puts the bug between the function and EC2.</summary>
    public Func<History, CallPath, IAmazonEC2> Wrap { get; init; } = (history, path) => new TypedEc2(history, path);

    /// <summary>Puts the bug between the function and Parameter Store.</summary>
    public Func<History, CallPath, IAmazonSimpleSystemsManagement> WrapSsm { get; init; } = (history, path) => new TypedSsm(history, path);

    /// <summary>What the function is told of an event.</summary>
    public Func<string, string> PayloadFor { get; init; } = payload => payload;

    /// <summary>What Lambda is told of the function's answer.</summary>
    public Func<InvocationOutcome, InvocationOutcome> AnswerFor { get; init; } = outcome => outcome;

    /// <summary>What the function is told of its deadline.</summary>
    public Func<DateTimeOffset, DateTimeOffset> DeadlineFor { get; init; } = deadline => deadline;

    /// <summary>Dials at which the bug shows sooner. Histories without it are right at these too.</summary>
    public Func<Dials, Dials> DialsFor { get; init; } = dials => dials;

    /// <summary>The clock that the function is given.</summary>
    public Func<TimeProvider, TimeProvider> TimeFor { get; init; } = time => time;

    /// <summary>Every planted bug.</summary>
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("skip-pages", "only the first page of a describe is read") { Wrap = (history, path) => new Mutants.SkipsPages(history, path) },
        new(
            "trust-the-event",
            "an instance is in the state that the event tells") { Wrap = (history, path) => new Mutants.TrustsTheEvent(history, path) },
        new("ignore-owner-tags", "every session counts as ours") { Wrap = (history, path) => new Mutants.IgnoresOwners(history, path) },
        new("reuse-token", "the client token is the interface's id") { Wrap = (history, path) => new Mutants.ReusesToken(history, path) },
        new(
            "no-retry",
            "a connection that was cut is not tried again") { Wrap = (history, path) => new Mutants.DoesNotRetry(history, path) },
        new(
            "wrong-capacity",
            "sessions that are not there count on their target") { Wrap = (history, path) => new Mutants.CountsTooMany(history, path) },
        new("no-deadline", "the invocation's deadline is ignored") { DeadlineFor = deadline => deadline + TimeSpan.FromHours(10) },
        new(
            "delete-without-evidence",
            "an interface that was not seen on an instance counts as unattached") { Wrap = (history, path) =>
                new Mutants.NeedsNoEvidence(history, path) },
        new("wall-clock", "how much time has passed is taken from the time of day")
        {
            TimeFor = time => new Mutants.MeasuresByTheWall(time),
            DialsFor = dials => dials.IsSweepless ? dials : dials with { ClockAhead = TimeSpan.FromHours(2), Throttled = 0.3 },
        },
        new("waits-for-ever", "nobody gives up waiting for an answer that stalls")
        {
            TimeFor = time => new Mutants.WaitsForEver(time),
            DialsFor = dials => dials with { Stalled = 0.05, FunctionTimeout = TimeSpan.FromMinutes(3) },
        },
        new("hide-tags", "instances come without their tags") { Wrap = (history, path) => new Mutants.HidesTags(history, path) },
        new("old-reads", "sessions are described once, and remembered") { Wrap = (history, path) => new Mutants.ReadsOnce(history, path) },
        new(
            "delete-does-nothing",
            "a session to be deleted counts as gone already") { Wrap = (history, path) => new Mutants.DoesNotDelete(history, path) },
        new(
            "next-number",
            "a number that is taken leads to the next one, unseen") { Wrap = (history, path) =>
                new Mutants.TakesNextNumber(history, path) },
        new("no-owner-tag", "sessions are made without tags") { Wrap = (history, path) => new Mutants.MakesUntagged(history, path) },
        new(
            "no-description",
            "sessions are made without a description") { Wrap = (history, path) => new Mutants.MakesUndescribed(history, path) },
        new(
            "first-interface",
            "of an instance only the first interface is seen") { Wrap = (history, path) => new Mutants.SeesFirstInterface(history, path) },
        new(
            "keeps-packet-length",
            "a packet length is never removed") { Wrap = (history, path) => new Mutants.KeepsPacketLength(history, path) },
        new(
            "any-sensor",
            "sessions go to the first target of the account") { Wrap = (history, path) => new Mutants.TakesAnyTarget(history, path) },
        new(
            "skip-parameter-pages",
            "only the first page of parameters is read") { WrapSsm = (history, path) => new Mutants.SkipsParameterPages(history, path) },
        new("keeps-parameters", "parameters are read once a minute, whatever rests on them")
        {
            WrapSsm = (history, path) => new Mutants.KeepsParameters(history, path),
        },
        new("believes-ends", "an end that somebody forged is never cut to the rule's hours")
        {
            Wrap = (history, path) => new Mutants.BelievesEnds(history, path),
        },
        new(
            "ignore-limits",
            "the blast radius is as wide as can be") { WrapSsm = (history, path) => new Mutants.IgnoresLimits(history, path) },
        new(
            "ignore-sensor-tags",
            "the tags of targets are not read") { Wrap = (history, path) => new Mutants.IgnoresSensorTags(history, path) },
        new(
            "forget-ends",
            "what a finding asked for is forgotten at once") { Wrap = (history, path) => new Mutants.ForgetsEnds(history, path) },
        new("no-ends", "what a finding asked for never ends") { Wrap = (history, path) => new Mutants.KnowsNoEnd(history, path) },
        new("every-finding", "every finding counts as severe") { PayloadFor = Mutants.WithHighestSeverity },
        new("no-witnesses", "the first read is believed, whatever young events say") { PayloadFor = Mutants.WithoutTimes },
        new("keeps-failed-records", "records whose work failed do not come back to the queue") { AnswerFor = Mutants.WithoutFailures },
        new(
            "short-filter",
            "the filter loses a rule when it is used") { Wrap = (history, path) => new Mutants.LosesARule(history, path) },
        new(
            "high-number",
            "sessions come after everybody else's") { Wrap = (history, path) => new Mutants.TakesHighNumber(history, path) },
        new("no-retag", "tags of sessions are never put right") { Wrap = (history, path) => new Mutants.DoesNotRetag(history, path) },
    ];
}
