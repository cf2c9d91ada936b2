using Amazon.EC2;
using Amazon.SimpleSystemsManagement;
using AutoMirror.Aws.Hosting;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Ports;

namespace AutoMirror.Aws;

/// <summary>Takes a deployment's sessions out of an account, for good: first AutoMirror is switched off, or the next event would make
/// them again; last it looks once more, when no warm process can have an old copy of the configuration any more.</summary>
internal sealed class Removal : IDisposable
{
    /// <summary>How long after the switch-off a process may still act on its copy of the configuration, and a second more.</summary>
    public static readonly TimeSpan Quiet = ConfigurationCache.Lifetime + TimeSpan.FromSeconds(1);

    // A person waits, and may end it; a bucket of 5 a second needs half an hour for 10,000 sessions.
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    private readonly DeploymentSettings _settings;
    private readonly IAmazonEC2 _ec2;
    private readonly IAmazonSimpleSystemsManagement _ssm;
    private readonly TimeProvider _time;
    private readonly IEc2 _port;
    private readonly IParameterStore _parameters;
    private readonly PacedCalls _paced;
    private readonly ModeSwitch _switch;

    internal Removal(DeploymentSettings settings, IAmazonEC2 ec2, IAmazonSimpleSystemsManagement ssm, TimeProvider time)
    {
        time = new SteadyTime(time);
        (_settings, _ec2, _ssm, _time) = (settings, ec2, ssm, time);
        var retries = new RetryPolicy(time, time.GetUtcNow() + Limit, Random.Shared.NextDouble);
        _port = new Ec2Port(ec2, new AwsCaller(retries));
        _parameters = new ParameterStorePort(ssm, new AwsCaller(retries));
        _paced = new PacedCalls(new RateLimiter(time), time, retries.StopAt);
        _switch = new ModeSwitch(settings, ssm, time);
    }

    public string Deployment => _settings.Deployment.Name;

    public string Region => _settings.Region;

    public string Prefix => _settings.Prefix;

    /// <summary>The parameter that switches AutoMirror off.</summary>
    public string ModeParameter => _switch.Parameter;

    /// <summary>Whether there is a deployment to remove; null, or what speaks against
    /// it. Nothing is changed before this was asked.</summary>
    /// <param name="owned">How many sessions it owns.</param>
    public async Task<string?> WhyNotAsync(int owned, CancellationToken cancellationToken)
    {
        if (await _switch.WhyNotAsync(cancellationToken) is { } whyNot)
            return whyNot;
        return owned == 0
            ? $"the deployment '{Deployment}' owns no session in {Region}. If sessions are left, it has another name: name it and its "
                + "prefix both, as the function's environment has them (AUTOMIRROR_DEPLOYMENT, AUTOMIRROR_PREFIX)"
            : null;
    }

    /// <summary>The sessions that the deployment owns, by id.</summary>
    public async Task<Answer<IReadOnlyList<TrafficMirrorSession>>> FindAsync(CancellationToken cancellationToken)
    {
        var owner = await OwnerAsync(cancellationToken);
        return (await _port.DescribeSessionsAsync(Query.All<TrafficMirrorSession>(), cancellationToken)).Select(
            IReadOnlyList<TrafficMirrorSession> (sessions) => [.. sessions.Where(owner.Owns).OrderBy(session => session.Id)]);
    }

    /// <summary>Sets the parameter <c>mode</c> to <c>off</c>, which no template manages; null when that is done, else why not.</summary>
    public Task<string?> SwitchOffAsync(CancellationToken cancellationToken) =>
        _switch.SetAsync(PolicyMode.Off, cancellationToken);

    /// <summary>Waits until a time after the switch-off at which no process has an old copy of the configuration.</summary>
    public Task WaitForQuietAsync(DateTimeOffset switchedOffAt, CancellationToken cancellationToken) =>
        switchedOffAt + Quiet - _time.GetUtcNow() is var left && left > TimeSpan.Zero
            ? Task.Delay(left, _time, cancellationToken)
            : Task.CompletedTask;

    /// <summary>Deletes sessions, as fast as EC2 lets it, and tells of each; answers
    /// why those that are left could not be deleted.</summary>
    public async Task<IReadOnlyList<(TrafficMirrorSession Session, string Why)>> DeleteAsync(
        IReadOnlyList<TrafficMirrorSession> sessions, Action<TrafficMirrorSession> deleted, CancellationToken cancellationToken)
    {
        var left = new List<(TrafficMirrorSession Session, string Why)>();
        foreach (var session in sessions)
        {
            var why = await _paced.CallAsync(() => _port.DeleteSessionAsync(session.Id, cancellationToken), cancellationToken);
            if (why is null)
                deleted(session);
            else
                left.Add((session, $"{why}"));
        }

        return left;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ec2.Dispose();
        _ssm.Dispose();
    }

    // Without a configuration only a description shows whose a session is.
    private async Task<SessionOwner> OwnerAsync(CancellationToken cancellationToken)
    {
        var none = new SessionOwner(
            _settings.Deployment, new HashSet<Id<TrafficMirrorFilter>>(), new HashSet<Id<TrafficMirrorTarget>>());
        return (await _parameters.ReadAsync(Prefix, cancellationToken)).TryGet(out var found, out _)
            && ParameterSetReader.Read(Prefix, found) is Reading<ParameterSet>.Ready { Value: var set }
            && (await _port.DescribeTargetsAsync(cancellationToken)).TryGet(out var targets, out _)
            ? new Configuration(Prefix, set, targets.ToDictionary(target => target.Id), _time.GetUtcNow()).OwnerFor(_settings.Deployment)
            : none;
    }
}
