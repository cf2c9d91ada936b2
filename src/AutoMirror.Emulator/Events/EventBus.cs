using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Events;

/// <summary>EventBridge's default bus: the events that services and callers put on it, and the rules that pass them on.</summary>
public sealed class EventBus
{
    /// <summary>"Targets per rule: 5" (EventBridge quotas).</summary>
    private const int MostTargets = 5;

    private readonly Cloud _cloud;
    private readonly EventDelivery _delivery;
    private readonly Schedules _schedules;
    private readonly SortedDictionary<string, EventRule> _rules = new(StringComparer.Ordinal);
    private readonly List<CloudEvent> _emitted = [];

    internal EventBus(Cloud cloud)
    {
        _cloud = cloud;
        _delivery = new(cloud);
        _schedules = new(cloud, _rules, Fire);
    }

    /// <summary>Raised for every event in the order in which they happen, after the operation that caused it.</summary>
    public event Action<CloudEvent>? Emitted;

    /// <summary>All events since the start, or since <see cref="Clear"/>.</summary>
    public IReadOnlyList<CloudEvent> History => _cloud.InTurn(() => _emitted.ToList());

    /// <summary>The rules in the order of their names.</summary>
    public IReadOnlyList<EventRule> Rules => _cloud.InTurn(() => _rules.Values.ToList());

    /// <summary>Forgets the events so far.</summary>
    public void Clear()
    {
        using (_cloud.Enter())
            _emitted.Clear();
    }

    /// <summary>Creates a rule or changes it; its targets stay.</summary>
    public EventRule PutRule(
        string name, string? pattern, string? scheduleExpression = null, bool enabled = true, string? description = null,
        string? roleArn = null)
    {
        using (_cloud.Enter())
        {
            if (pattern is null && scheduleExpression is null)
                throw Invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
            if (pattern is not null)
                EventPattern.Validate(EventPattern.Parse(pattern));
            var rate = scheduleExpression is null ? null : Schedule.Rate(scheduleExpression);
            var rule = new EventRule(name, pattern, scheduleExpression, enabled, description) { RoleArn = roleArn };
            if (_rules.TryGetValue(name, out var old))
                rule = rule with { Targets = old.Targets, Tags = old.Tags };
            _rules[name] = rule;
            if (rate is { } period)
                _schedules.Run(name, period);
            return rule;
        }
    }

    /// <summary>Adds or replaces a target of a rule.</summary>
    public void PutTarget(string rule, EventTarget target)
    {
        using (_cloud.Enter())
        {
            var targets = Get(rule).Targets.SetItem(target.Id, target);
            if (targets.Count > MostTargets)
                throw new AwsException("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
            _rules[rule] = Get(rule) with { Targets = targets };
        }
    }

    /// <summary>Removes a target of a rule.</summary>
    public void RemoveTarget(string rule, string targetId)
    {
        using (_cloud.Enter())
            _rules[rule] = Get(rule) with { Targets = Get(rule).Targets.Remove(targetId) };
    }

    /// <summary>Deletes a rule without targets. A rule that does not exist is not an error.</summary>
    public void DeleteRule(string name)
    {
        using (_cloud.Enter())
        {
            if (_rules.TryGetValue(name, out var rule) && rule.Targets.Count > 0)
                throw Invalid("Rule can't be deleted since it has targets.");
            _rules.Remove(name);
        }
    }

    /// <summary>Passes what matches a pattern to the function: PutRule and PutTargets in one.</summary>
    public EventRule Subscribe(string name, string pattern)
    {
        using (_cloud.Enter())
        {
            PutRule(name, pattern);
            PutTarget(name, new("function", _cloud.Function.Arn));
            return _rules[name];
        }
    }

    /// <summary>Puts an event on the bus, as a service or PutEvents does.</summary>
    public CloudEvent Emit(string source, string detailType, JsonObject detail, params IReadOnlyList<string> resources) =>
        EmitAt(null, source, detailType, detail, resources);

    /// <summary>Fires a scheduled rule now: a "Scheduled Event" from aws.events, to the targets of this rule alone.</summary>
    public void Fire(string rule)
    {
        using (_cloud.Enter())
        {
            var fired = Get(rule);
            _delivery.Deliver(fired, New(null, "aws.events", "Scheduled Event", [], [fired.ArnIn(_cloud)]));
        }
    }

    /// <summary>Puts an event on the bus with the time that PutEvents may give; null for now.</summary>
    internal CloudEvent EmitAt(
        DateTimeOffset? time, string source, string detailType, JsonObject detail, params IReadOnlyList<string> resources)
    {
        using (_cloud.Enter())
        {
            var emitted = New(time, source, detailType, detail, resources);
            _emitted.Add(emitted);
            _cloud.Afterwards(() => Emitted?.Invoke(emitted));
            using var envelope = JsonDocument.Parse(emitted.Json);
            foreach (var rule in _rules.Values.Where(rule => rule.Takes(envelope.RootElement)))
                _delivery.Deliver(rule, emitted);
            return emitted;
        }
    }

    internal void SetTags(string name, ImmutableSortedDictionary<string, string> tags) => _rules[name] = Get(name) with { Tags = tags };

    internal EventRule Get(string name) => _rules.TryGetValue(name, out var rule)
        ? rule
        : throw new AwsException("ResourceNotFoundException", $"Rule {name} does not exist on EventBus default.");

    private CloudEvent New(
        DateTimeOffset? time, string source, string detailType, JsonObject detail, IReadOnlyList<string> resources) => new(
            _cloud.Seeded.Uuid(), detailType, source, _cloud.Options.AccountId, time ?? _cloud.Now, _cloud.Options.Region, resources,
            detail);

    private static AwsException Invalid(string message) => new("ValidationException", message);
}
