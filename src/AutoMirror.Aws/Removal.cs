using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.EC2;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using AutoMirror.Aws.Hosting;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Ports;

namespace AutoMirror.Aws;

/// <summary>Takes a deployment's sessions out of an account, for good: first the policy is
/// switched off, or the healing rule would make them again.</summary>
internal sealed class Removal : IDisposable
{
    // A person waits, and may end it; a bucket of 5 a second needs half an hour for 10,000 sessions.
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    private readonly Settings _settings;
    private readonly IAmazonEC2 _ec2;
    private readonly IAmazonSimpleSystemsManagement _ssm;
    private readonly TimeProvider _time;
    private readonly IEc2 _port;
    private readonly DateTimeOffset _stopAt;

    private Removal(Settings settings, IAmazonEC2 ec2, IAmazonSimpleSystemsManagement ssm, TimeProvider time)
    {
        _settings = settings;
        _ec2 = ec2;
        _ssm = ssm;
        _time = time;
        _stopAt = time.GetUtcNow() + Limit;
        _port = new Ec2Port(ec2, new AwsCaller(new RetryPolicy(time, _stopAt, Random.Shared.NextDouble)));
    }

    /// <summary>The deployment's name.</summary>
    public string Deployment => _settings.ForDeployment.Deployment.Name;

    /// <summary>The parameter that holds the policy.</summary>
    public string PolicyParameter => ParameterSetReader.PolicyParameter(_settings.ForDeployment.Prefix);

    /// <summary>The removal of the deployment that the environment names; what is wrong with
    /// the environment goes to <paramref name="errors"/>.</summary>
    public static Removal FromEnvironment(ICollection<string> errors)
    {
        var settings = Settings.Read(Environment.GetEnvironmentVariable, errors);
        var credentials = Clients.Credentials(Environment.GetEnvironmentVariable, errors);
        return new Removal(settings, Clients.Ec2(settings, credentials), Clients.Ssm(settings, credentials), TimeProvider.System);
    }

    /// <summary>The sessions that the deployment owns, by id.</summary>
    public async Task<Answer<IReadOnlyList<TrafficMirrorSession>>> FindAsync(CancellationToken cancellationToken) =>
        (await _port.DescribeSessionsAsync(Query.All<TrafficMirrorSession>(), cancellationToken))
            .Select(
                IReadOnlyList<TrafficMirrorSession> (sessions) =>
                    [.. sessions.Where(_settings.ForDeployment.Deployment.Owns).OrderBy(session => session.Id)]);

    /// <summary>Sets the policy's mode to <c>off</c>, and leaves the rest of it as it is; null when that is done, else why not.</summary>
    public async Task<string?> SwitchOffAsync(CancellationToken cancellationToken)
    {
        try
        {
            var policy = await ReadPolicyAsync(cancellationToken);
            policy["mode"] = "off";
            await _ssm.PutParameterAsync(
                new PutParameterRequest
                {
                    Name = PolicyParameter,
                    Value = policy.ToJsonString(),
                    Type = ParameterType.String,
                    Overwrite = true,
                }, cancellationToken);
            return null;
        }
        catch (Exception problem) when (
            problem is AmazonSimpleSystemsManagementException or HttpRequestException or JsonException or InvalidOperationException)
        {
            return problem.Message;
        }
    }

    /// <summary>Deletes sessions, as fast as EC2 lets it, and tells of each; answers
    /// why those that are left could not be deleted.</summary>
    public async Task<IReadOnlyList<(TrafficMirrorSession Session, string Why)>> DeleteAsync(
        IReadOnlyList<TrafficMirrorSession> sessions, Action<TrafficMirrorSession> deleted, CancellationToken cancellationToken)
    {
        var calls = new PacedCalls(new RateLimiter(_time), _time, _stopAt);
        var left = new List<(TrafficMirrorSession Session, string Why)>();
        foreach (var session in sessions)
        {
            var why = await calls.CallAsync(() => _port.DeleteSessionAsync(session.Id, cancellationToken), cancellationToken);
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

    private async Task<JsonObject> ReadPolicyAsync(CancellationToken cancellationToken)
    {
        try
        {
            var parameter = await _ssm.GetParameterAsync(new GetParameterRequest { Name = PolicyParameter }, cancellationToken);
            return JsonNode.Parse(parameter.Parameter.Value)?.AsObject() ?? [];
        }
        catch (ParameterNotFoundException)
        {
            return [];
        }
    }
}
