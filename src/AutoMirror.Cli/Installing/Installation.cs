using System.Text.Json.Serialization;
using Amazon.SimpleSystemsManagement;
using AutoMirror.Aws;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Ports;
using Model = AutoMirror.Core.Model;

namespace AutoMirror.Cli.Installing;

/// <summary>What is missing for AutoMirror to work: the shared filter, the sensors' targets, their hosts' tags, the parameters. What exists
/// and fits is left alone, so that running it twice does nothing the second time.</summary>
internal sealed class Installation
{
    private readonly LiveAccount _account;
    private readonly bool _withIpv6;
    private readonly List<Step> _steps = [];
    private readonly List<string> _notes = [];
    private readonly Dictionary<string, SortedSet<string>> _pools = new(StringComparer.Ordinal);
    private string? _filterId;

    private Installation(LiveAccount account, bool withIpv6) => (_account, _withIpv6) = (account, withIpv6);

    /// <summary>What is to be done, in order.</summary>
    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>What only a person can do, or should know.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public string? FilterId => _filterId;

    private string Deployment => _account.Settings.Deployment.Name;

    private AmazonEc2 Ec2 => new(_account.Connection.Ec2);

    /// <summary>Compares what there is with what is needed.</summary>
    /// <exception cref="CommandException">Something could not be read, or an interface does not exist.</exception>
    public static async Task<Installation> PlanAsync(
        LiveAccount account, IReadOnlyList<SensorPlace> places, bool withIpv6, CancellationToken cancellationToken)
    {
        var plan = new Installation(account, withIpv6);
        var parameters = OrFail(await account.ReadParametersAsync(cancellationToken), Actions.GetParametersByPath)
            .ToDictionary(each => each.Name, each => each.Value);
        var filters = OrFail(await account.ReadAsync(Listings.Filters, cancellationToken), Actions.DescribeFilters);
        plan.PlanFilter(filters, parameters.GetValueOrDefault(ParameterSetReader.FilterParameter(account.Settings.Prefix))?.Trim());
        if (places.Count > 0)
            await plan.PlanTargetsAsync(places, parameters, cancellationToken);
        plan.PlanParameters(parameters);
        return plan;
    }

    private void PlanFilter(IReadOnlyList<Amazon.EC2.Model.TrafficMirrorFilter> filters, string? configured)
    {
        var found = filters.FirstOrDefault(filter => filter.TrafficMirrorFilterId == configured)
            ?? filters.FirstOrDefault(IsOwn);
        _filterId = found?.TrafficMirrorFilterId;
        if (found is null)
        {
            _steps.Add(new Step("create-traffic-mirror-filter", "a filter for all packets, with amazon-dns", async token =>
                _filterId = await Ec2.NewFilterAsync(Deployment, token)));
        }

        var missing = MissingRules(found).ToList();
        if (found is not null && !IsOwn(found))
        {
            if (missing.Count > 0 || !HasDns(found))
            {
                _notes.Add($"The filter {_filterId} was not made by setup and is left as it is, though it does not accept everything: "
                    + "automirror explain ID says what is blind.");
            }

            return;
        }

        foreach (var (direction, cidr, number) in missing)
        {
            _steps.Add(new Step("create-traffic-mirror-filter-rule", $"accept all {direction} packets of {cidr}, rule {number}", token =>
                Ec2.NewRuleAsync(_filterId!, direction, cidr, number, token)));
        }

        if (found is null || !HasDns(found))
        {
            _steps.Add(new Step("modify-traffic-mirror-filter-network-services", "add amazon-dns: traffic with Amazon's resolver", token =>
                Ec2.AddDnsAsync(_filterId!, token)));
        }
    }

    private IEnumerable<(string Direction, string Cidr, int Number)> MissingRules(Amazon.EC2.Model.TrafficMirrorFilter? filter)
    {
        foreach (var (cidr, number) in ((string, int)[])[("0.0.0.0/0", 100), ("::/0", 200)])
        {
            if (cidr == "::/0" && !_withIpv6)
                continue;
            if (filter?.IngressFilterRules?.Exists(rule => Accepts(rule, cidr)) is not true)
                yield return ("ingress", cidr, number);
            if (filter?.EgressFilterRules?.Exists(rule => Accepts(rule, cidr)) is not true)
                yield return ("egress", cidr, number);
        }
    }

    private async Task PlanTargetsAsync(
        IReadOnlyList<SensorPlace> places, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        var targets = OrFail(await _account.ReadAsync(Listings.Targets, cancellationToken), Actions.DescribeTargets)
            .Select(Mapping.ToTarget).ToList();
        var interfaces = OrFail(await _account.ReadAsync(Listings.NetworkInterfaces, cancellationToken), Actions.DescribeInterfaces)
            .ToDictionary(each => each.NetworkInterfaceId);
        var instances = OrFail(await _account.ReadAsync(Listings.Reservations, cancellationToken), Actions.DescribeInstances)
            .SelectMany(each => each.Instances ?? []).ToDictionary(each => each.InstanceId);
        foreach (var place in places.Distinct())
        {
            var pool = PoolOf(place.Sensor, parameters, targets);
            if (place.Destination is TargetDestination.CaptureInterface { Id: var capture })
                PlanHost(place, interfaces.GetValueOrDefault(capture.Value), instances);
            else
                NoteHosts(place);
            if (targets.FirstOrDefault(target => target.Destination == place.Destination) is { } existing)
            {
                pool.Add(existing.Id.Value);
                continue;
            }

            _steps.Add(new Step("create-traffic-mirror-target", $"{place.Place} for the sensor '{place.Sensor}'", async token =>
                pool.Add(await Ec2.NewTargetAsync(place, Deployment, token))));
        }
    }

    private void NoteHosts(SensorPlace place) => _notes.Add(
        $"Tag the hosts behind {place.Place} so that they are never mirrored to themselves: aws ec2 create-tags --resources i-… --tags "
            + $"Key={Ownership.SensorHostKey},Value={place.Sensor}, and write hosts: \"tagged\" into the policy.");

    private SortedSet<string> PoolOf(string sensor, IReadOnlyDictionary<string, string> parameters, List<Model.TrafficMirrorTarget> targets)
    {
        if (_pools.TryGetValue(sensor, out var pool))
            return pool;
        var listed = (parameters.GetValueOrDefault(ParameterSetReader.TargetsParameter(_account.Settings.Prefix, sensor)) ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var known = listed.Where(id => targets.Exists(target => target.Id.Value == id)).ToList();
        foreach (var gone in listed.Except(known))
            _notes.Add($"The target {gone} of the sensor '{sensor}' does not exist, and leaves its parameter.");
        return _pools[sensor] = new SortedSet<string>(known, StringComparer.Ordinal);
    }

    private void PlanHost(
        SensorPlace place, Amazon.EC2.Model.NetworkInterface? capture, IReadOnlyDictionary<string, Amazon.EC2.Model.Instance> instances)
    {
        if (capture is null)
        {
            throw new CommandException($"there is no network interface {place.Place} in {_account.Settings.Region}: name the sensor's "
                + "capture interface");
        }

        if (capture.Attachment?.InstanceId is not { } host || !instances.TryGetValue(host, out var instance))
        {
            _notes.Add($"{place.Place} is attached to no instance of this account yet: nothing arrives before it is.");
            return;
        }

        if (instance.Tags?.Exists(tag => tag.Key == Ownership.SensorHostKey) is not true
            && !_steps.Exists(step => step.What.StartsWith($"{host} ", StringComparison.Ordinal)))
        {
            _steps.Add(new Step("create-tags", $"{host} is a sensor's host: {Ownership.SensorHostKey}={place.Sensor}", token =>
                Ec2.TagAsync(host, Ownership.SensorHostKey, place.Sensor, token)));
        }
    }

    private void PlanParameters(IReadOnlyDictionary<string, string> parameters)
    {
        Put(ParameterSetReader.FilterParameter(_account.Settings.Prefix), parameters, () => _filterId);
        foreach (var (sensor, pool) in _pools)
        {
            Put(
                ParameterSetReader.TargetsParameter(_account.Settings.Prefix, sensor), parameters,
                () => pool.Count == 0 ? null : string.Join(',', pool),
                isSure: !_steps.Exists(step => step.What.EndsWith($" for the sensor '{sensor}'", StringComparison.Ordinal)));
        }
    }

    private void Put(string name, IReadOnlyDictionary<string, string> parameters, Func<string?> value, bool isSure = true)
    {
        if (isSure && value() is { } known && parameters.GetValueOrDefault(name)?.Trim() == known)
            return;
        _steps.Add(new Step("put-parameter", isSure && value() is { } now ? $"{name} = {now}" : $"{name} = the new id", async token =>
            await _account.Connection.Ssm.PutParameterAsync(
                new() { Name = name, Value = value(), Type = ParameterType.String, Overwrite = true }, token)));
    }

    private bool IsOwn(Amazon.EC2.Model.TrafficMirrorFilter filter) =>
        filter.Tags?.Exists(tag => tag.Key == Ownership.ManagedByKey && tag.Value == Deployment) is true;

    private static bool HasDns(Amazon.EC2.Model.TrafficMirrorFilter filter) => filter.NetworkServices?.Contains("amazon-dns") is true;

    private static bool Accepts(Amazon.EC2.Model.TrafficMirrorFilterRule rule, string cidr) =>
        rule.RuleAction?.Value == "accept" && rule.SourceCidrBlock == cidr && rule.DestinationCidrBlock == cidr
            && rule.Protocol is null or 0
        && rule.SourcePortRange is null && rule.DestinationPortRange is null;

    private static IReadOnlyList<T> OrFail<T>(Answer<IReadOnlyList<T>> answer, string action) =>
        answer.TryGet(out var items, out var refusal)
        ? items
        : throw new CommandException($"{action} was refused, and nothing was done: {refusal}");
}

/// <summary>One thing to be done.</summary>
/// <param name="Action">The aws CLI's name of the call.</param>
internal sealed record Step(string Action, string What, [property: JsonIgnore] Func<CancellationToken, Task> DoAsync);
