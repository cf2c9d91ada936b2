using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Ec2.Instances;

namespace AutoMirror.Emulator.Events;

/// <summary>EventBridge's default bus: what services tell it, and the rules that pass it on.</summary>
public sealed class EventBus
{
    /// <summary>"Targets per rule: 5" (EventBridge quotas).</summary>
    private const int MostTargets = 5;

    private readonly Cloud _cloud;
    private readonly SortedDictionary<string, EventRule> _rules = new(StringComparer.Ordinal);
    private readonly List<CloudEvent> _emitted = [];
    private readonly Dictionary<string, int> _tagVersions = [];
    private readonly Dictionary<string, int> _schedules = [];

    internal EventBus(Cloud cloud) => _cloud = cloud;

    /// <summary>Raised for every event, in the order of their happening, after the operation that caused it.</summary>
    public event Action<CloudEvent>? Emitted;

    /// <summary>All events so far.</summary>
    public IReadOnlyList<CloudEvent> History
    {
        get
        {
            using (_cloud.Enter())
                return [.. _emitted];
        }
    }

    /// <summary>The rules.</summary>
    public IReadOnlyList<EventRule> Rules
    {
        get
        {
            using (_cloud.Enter())
                return [.. _rules.Values];
        }
    }

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
                throw new AwsException("ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified.");
            if (pattern is not null)
                EventPattern.Validate(Parse(pattern));
            var targets = _rules.TryGetValue(name, out var old) ? old.Targets : ImmutableSortedDictionary<string, EventTarget>.Empty;
            var rate = scheduleExpression is null ? null : Schedule.Rate(scheduleExpression);
            var rule = _rules[name] = new(name, pattern, scheduleExpression, enabled, description) { Targets = targets, RoleArn = roleArn };
            if (rate is { } every)
                RunEvery(every, name, _schedules[name] = _schedules.GetValueOrDefault(name) + 1);
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

    /// <summary>Deletes a rule that has no targets any more; one that doesn't exist is no error.</summary>
    public void DeleteRule(string name)
    {
        using (_cloud.Enter())
        {
            if (_rules.TryGetValue(name, out var rule) && rule.Targets.Count > 0)
                throw new AwsException("ValidationException", "Rule can't be deleted since it has targets.");
            _rules.Remove(name);
        }
    }

    /// <summary>A rule that passes what matches the pattern to the function: PutRule and PutTargets in one.</summary>
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

    /// <summary>The same with a time of its own, which PutEvents may give.</summary>
    internal CloudEvent EmitAt(
        DateTimeOffset? time, string source, string detailType, JsonObject detail, params IReadOnlyList<string> resources)
    {
        using (_cloud.Enter())
        {
            var cloudEvent = new CloudEvent(
                _cloud.Seeded.Uuid(), detailType, source, _cloud.Options.AccountId, time ?? _cloud.Now, _cloud.Options.Region, resources, detail);
            _emitted.Add(cloudEvent);
            _cloud.Afterwards(() => Emitted?.Invoke(cloudEvent));
            using var envelope = JsonDocument.Parse(cloudEvent.Json);
            foreach (var rule in _rules.Values.Where(rule => rule.Enabled && rule.Pattern is not null))
            {
                if (EventPattern.Matches(Parse(rule.Pattern!), envelope.RootElement))
                    Deliver(rule, cloudEvent);
            }

            return cloudEvent;
        }
    }

    internal EventRule Get(string name) => _rules.TryGetValue(name, out var rule)
        ? rule
        : throw new AwsException("ResourceNotFoundException", $"Rule {name} does not exist on EventBus default.");

    /// <summary>"EC2 Instance State-change Notification" (EC2 User Guide, "Automate instance state changes").</summary>
    internal void InstanceStateChange(Instance instance) => Emit(
        "aws.ec2", "EC2 Instance State-change Notification",
        new JsonObject { ["instance-id"] = instance.Id, ["state"] = instance.StateName },
        _cloud.Arn("ec2", $"instance/{instance.Id}"));

    /// <summary>
    /// "Tag Change on Resource" (Tag Editor guide, "Monitor tag changes"), for the kinds whose changes mirroring looks at.
    /// </summary>
    internal void TagChange(string kind, string id, IReadOnlyList<string> keys, ImmutableSortedDictionary<string, string> tags)
    {
        if (kind is not ("instance" or "network-interface" or "subnet" or "vpc"))
            return;
        _tagVersions[id] = _tagVersions.GetValueOrDefault(id) + 1;
        Emit(
            "aws.tag", "Tag Change on Resource",
            new JsonObject
            {
                ["changed-tag-keys"] = new JsonArray([.. keys.Select(key => (JsonNode)key)]),
                ["service"] = "ec2",
                ["resource-type"] = kind,
                ["version"] = _tagVersions[id],
                ["tags"] = new JsonObject(tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))),
            },
            _cloud.Arn("ec2", $"{kind}/{id}"));
    }

    /// <summary>"Parameter Store Change" (Systems Manager guide, "Monitoring Systems Manager events").</summary>
    internal void ParameterChange(string operation, Ssm.Parameter parameter)
    {
        var detail = new JsonObject { ["operation"] = operation, ["name"] = parameter.Name, ["type"] = parameter.Type };
        if (parameter.Description is { } description)
            detail["description"] = description;
        Emit("aws.ssm", "Parameter Store Change", detail, parameter.ArnIn(_cloud));
    }

    /// <summary>Fires a scheduled rule now: a "Scheduled Event" from aws.events, to this rule's targets alone.</summary>
    public void Fire(string rule)
    {
        using (_cloud.Enter())
        {
            Deliver(Get(rule), new CloudEvent(
                _cloud.Seeded.Uuid(), "Scheduled Event", "aws.events", _cloud.Options.AccountId, _cloud.Now, _cloud.Options.Region,
                    [_cloud.Arn("events", $"rule/{rule}")], []));
        }
    }

    private void RunEvery(TimeSpan every, string name, int turn) => _cloud.In(every, () =>
    {
        // Put again or deleted since: whatever replaced it runs by itself.
        if (!_rules.TryGetValue(name, out var now) || _schedules[name] != turn || now.ScheduleExpression is null)
            return;
        if (now.Enabled)
            Fire(name);
        RunEvery(every, name, turn);
    });

    private void Deliver(EventRule rule, CloudEvent cloudEvent)
    {
        var (faults, random) = (_cloud.Options.EventFaults, _cloud.Seeded.Delivery);
        foreach (var target in rule.Targets.Values)
        {
            if (faults.Lost > 0 && random.NextDouble() < faults.Lost)
                continue;
            var times = faults.Duplicated > 0 && random.NextDouble() < faults.Duplicated ? 2 : 1;
            for (var time = 0; time < times; time++)
            {
                if (faults.Delay > TimeSpan.Zero)
                    _cloud.In(faults.Delay * random.NextDouble(), () => Hand(target, cloudEvent));
                else
                    Hand(target, cloudEvent);
            }
        }
    }

    private void Hand(EventTarget target, CloudEvent cloudEvent)
    {
        var payload = target.Input ?? (target.InputPath is "$.detail" ? cloudEvent.Detail.ToJsonString(Protocol.JsonForm.Options) : cloudEvent.Json);
        if (target.Arn == _cloud.Function.Arn)
            _cloud.Function.Enqueue(payload);
        else if (_cloud.Sqs.FindByArn(target.Arn) is { } queue)
            queue.Send(payload);
    }

    private static JsonElement Parse(string pattern)
    {
        try
        {
            return JsonDocument.Parse(pattern).RootElement;
        }
        catch (JsonException reason)
        {
            throw new AwsException("InvalidEventPatternException", $"Event pattern is not valid. Reason: {reason.Message}");
        }
    }
}
