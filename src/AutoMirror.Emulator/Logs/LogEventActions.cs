using System.Globalization;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Logs;

/// <summary>Events over the wire: taken, read from one stream, searched in a group.</summary>
internal sealed class LogEventActions(Cloud cloud)
{
    private const int MostEvents = 10_000;

    /// <summary>"None of the log events in the batch can be more than 2 hours in the future", nor older than 14 days.</summary>
    private static readonly TimeSpan Newest = TimeSpan.FromHours(2);

    private static readonly TimeSpan Oldest = TimeSpan.FromDays(14);

    public JsonObject Put(JsonObject input)
    {
        using var turn = cloud.Enter();
        var group = cloud.Logs.Get(input.Required("logGroupName"));
        var stream = group.Get(input.Required("logStreamName"));
        var events = input.Objects("logEvents").Select(each => (Time: TimeOf(each["timestamp"]!), Message: each.Required("message")))
            .ToList();
        if (events.Zip(events.Skip(1)).Any(pair => pair.First.Time > pair.Second.Time))
            throw LogsErrors.Invalid("Log events in a single PutLogEvents request must be in chronological order.");
        var tooOld = events.FindLastIndex(each => each.Time < cloud.Now - Oldest) + 1;
        var tooNew = events.FindIndex(each => each.Time > cloud.Now + Newest);
        cloud.Logs.Put(group, stream, events.Skip(tooOld).Take((tooNew < 0 ? events.Count : tooNew) - tooOld));
        var rejected = new JsonObject().WithAny("tooOldLogEventEndIndex", tooOld == 0 ? null : tooOld)
            .WithAny("tooNewLogEventStartIndex", tooNew < 0 ? null : tooNew);
        return new JsonObject { ["nextSequenceToken"] = cloud.Seeded.UniqueId("4") }
            .WithAny("rejectedLogEventsInfo", rejected.Count == 0 ? null : rejected);
    }

    /// <summary>
    /// Reads one stream. Both tokens are always given: at the end of the stream the forward token is the one that was sent.
    /// </summary>
    public JsonObject Get(JsonObject input)
    {
        using var turn = cloud.Enter();
        var stream = cloud.Logs.Get(LogNames.GroupOf(input)).Get(input.Required("logStreamName"));
        var (matching, most) = (stream.Events.Where(InTime(input)).ToList(), input.Integer("limit") ?? MostEvents);
        var (isForward, from) = input.Text("nextToken") switch
        {
            null => (input.Flag("startFromHead"), input.Flag("startFromHead") ? 0 : matching.Count),
            var token when token.StartsWith("f/", StringComparison.Ordinal) => (true, Position(token)),
            var token when token.StartsWith("b/", StringComparison.Ordinal) => (false, Position(token)),
            _ => throw LogsErrors.InvalidToken(),
        };
        from = Math.Clamp(from, 0, matching.Count);
        var (start, end) = isForward ? (from, Math.Min(matching.Count, from + most)) : (Math.Max(0, from - most), from);
        return new()
        {
            ["events"] = matching[start..end].Select(Write).ToJsonArray(),
            ["nextForwardToken"] = $"f/{Notation.Number(end)}", ["nextBackwardToken"] = $"b/{Notation.Number(start)}",
        };
    }

    /// <summary>Searches the streams of a group; the events come by their time.</summary>
    public JsonObject Filter(JsonObject input)
    {
        using var turn = cloud.Enter();
        var group = cloud.Logs.Get(LogNames.GroupOf(input));
        var (names, prefix) = (input.Texts("logStreamNames"), input.Text("logStreamNamePrefix"));
        if (names.Count > 0 && prefix is not null)
            throw LogsErrors.Invalid("Only one of logStreamNames and logStreamNamePrefix can be specified.");
        var matches = FilterPattern.Compile(input.Text("filterPattern") ?? "");
        var after = input.Text("nextToken") is { } token ? Position("f/" + token) : 0;
        var streams = group.Streams.Where(stream =>
            (names.Count == 0 || names.Contains(stream.Name)) && stream.Name.StartsWith(prefix ?? "", StringComparison.Ordinal));
        var found = streams.SelectMany(stream => stream.Events.Where(InTime(input)).Where(each => matches(each.Message))
                .Select(each => (Stream: stream.Name, Event: each)))
            .OrderBy(each => each.Event.Time).ThenBy(each => each.Event.Number).Skip(after).ToList();
        var page = found.Take(input.Integer("limit") ?? MostEvents).ToList();
        return new JsonObject
        {
            ["events"] = page.Select(each => Write(each.Stream, each.Event)).ToJsonArray(), ["searchedLogStreams"] = new JsonArray(),
        }.WithAny("nextToken", page.Count < found.Count ? Notation.Number(after + page.Count) : null);
    }

    private static Func<LogEvent, bool> InTime(JsonObject input)
    {
        var (start, end) = (input["startTime"], input["endTime"]);

        return each => (start is null || each.Time >= TimeOf(start)) && (end is null || each.Time <= TimeOf(end));
    }

    private static DateTimeOffset TimeOf(JsonNode milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.GetValue<long>());

    private static int Position(string token) => int.TryParse(token[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
        ? position
        : throw LogsErrors.InvalidToken();

    private static JsonObject Write(LogEvent each) => new()
    {
        ["timestamp"] = each.Time.ToUnixTimeMilliseconds(), ["message"] = each.Message,
        ["ingestionTime"] = each.Ingested.ToUnixTimeMilliseconds(),
    };

    private static JsonObject Write(string stream, LogEvent each)
    {
        var node = Write(each);
        node.Insert(0, "logStreamName", stream);
        node["eventId"] = each.Number.ToString("D56", CultureInfo.InvariantCulture);
        return node;
    }
}
