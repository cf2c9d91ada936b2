using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;

namespace AutoMirror.Cli.Snapshots;

/// <summary>An account to look at: in AWS, or recorded in a folder. Each list is read whole, once, when something needs it.</summary>
internal interface IAccountSource : IDisposable
{
    /// <summary>Deployment, prefix, Region and account.</summary>
    DeploymentSettings Settings { get; }

    /// <summary>The clock; that of a recording stands still, and nobody waits on it.</summary>
    TimeProvider Time { get; }

    /// <summary>The port for single questions; null where there is nobody to ask.</summary>
    IEc2? Port { get; }

    /// <summary>How often each action was called so far, by <c>service:Action</c>.</summary>
    IReadOnlyDictionary<string, int> Calls { get; }

    /// <summary>Everything that a describe lists.</summary>
    Task<Answer<IReadOnlyList<T>>> ReadAsync<T>(Listing<T> listing, CancellationToken cancellationToken);

    /// <summary>Every parameter under the deployment's prefix, as Parameter Store gives it.</summary>
    Task<Answer<IReadOnlyList<Amazon.SimpleSystemsManagement.Model.Parameter>>> ReadParametersAsync(CancellationToken cancellationToken);
}
