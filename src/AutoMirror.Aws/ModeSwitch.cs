using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Ports;

namespace AutoMirror.Aws;

/// <summary>The emergency switch of a deployment: the parameter <c>mode</c>, which no template makes or manages. The stricter of it and
/// the policy's own mode holds.</summary>
internal sealed class ModeSwitch
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly DeploymentSettings _settings;
    private readonly IAmazonSimpleSystemsManagement _ssm;
    private readonly ParameterStorePort _parameters;

    internal ModeSwitch(DeploymentSettings settings, IAmazonSimpleSystemsManagement ssm, TimeProvider time)
    {
        (_settings, _ssm) = (settings, ssm);
        _parameters = new(ssm, new AwsCaller(new RetryPolicy(time, time.GetUtcNow() + Limit, Random.Shared.NextDouble)));
    }

    public string Deployment => _settings.Deployment.Name;

    public string Region => _settings.Region;

    public string Prefix => _settings.Prefix;

    /// <summary>The name of the parameter.</summary>
    public string Parameter => ParameterSetReader.ModeParameter(Prefix);

    /// <summary>What the deployment's configuration says: the switch, null where it is not there, and the mode that then holds.</summary>
    public async Task<Answer<(string? Switch, PolicyMode? Holds)>> ReadAsync(CancellationToken cancellationToken) =>
        (await _parameters.ReadAsync(Prefix, cancellationToken)).Select(found => (
            found.FirstOrDefault(parameter => parameter.Name == Parameter)?.Value,
            ParameterSetReader.Read(Prefix, found) is Reading<ParameterSet>.Ready { Value.Policy.Mode: var mode } ? mode
                : (PolicyMode?)null));

    /// <summary>Whether there is a deployment to switch; null, or what speaks against it.</summary>
    public async Task<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        if (!(await _parameters.ReadAsync(Prefix, cancellationToken)).TryGet(out var found, out var refusal))
            return $"the parameters under {Prefix} could not be read: {refusal}";
        var filter = ParameterSetReader.FilterParameter(Prefix);
        return found.Any(parameter => parameter.Name == filter)
            ? null
            : $"there is no {filter}: no deployment has its configuration under {Prefix}";
    }

    /// <summary>Sets the switch; null when that is done, else why not.</summary>
    public Task<string?> SetAsync(PolicyMode mode, CancellationToken cancellationToken) => TryAsync(() => _ssm.PutParameterAsync(
        new PutParameterRequest
        {
            Name = Parameter,
            Value = PolicyWords.Modes.WordFor(mode),
            Type = ParameterType.String,
            Overwrite = true,
        }, cancellationToken));

    /// <summary>Takes the switch away, so that the policy's own mode holds; null when that is done, else why not.</summary>
    public Task<string?> ClearAsync(CancellationToken cancellationToken) => TryAsync(async () =>
    {
        try
        {
            await _ssm.DeleteParameterAsync(new DeleteParameterRequest { Name = Parameter }, cancellationToken);
        }
        catch (ParameterNotFoundException)
        {
            // It was not there: so it is now.
        }
    });

    private static async Task<string?> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (Exception problem) when (problem is AmazonSimpleSystemsManagementException or HttpRequestException)
        {
            return problem.Message;
        }
    }
}
