using System.Collections.Concurrent;
using AutoMirror.Aws;
using AutoMirror.Cli.Connecting;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;
using Sdk = Amazon.SimpleSystemsManagement.Model;

namespace AutoMirror.Cli.Snapshots;

/// <summary>The account that a connection leads to.</summary>
internal sealed class LiveAccount : IAccountSource
{
    // SSM API reference, GetParametersByPath: MaxResults 1–10.
    private const int ParametersAPage = 10;

    // A person waits. A describe of 10,000 resources is ten pages.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly Connection _connection;
    private readonly AwsCaller _ec2;
    private readonly AwsCaller _ssm;
    private readonly ConcurrentDictionary<string, Task> _lists = new(StringComparer.Ordinal);

    private LiveAccount(Connection connection, DeploymentSettings settings)
    {
        (_connection, Settings) = (connection, settings);
        var retries = new RetryPolicy(Time, Time.GetUtcNow() + Limit, Random.Shared.NextDouble);
        (_ec2, _ssm) = (new AwsCaller(retries), new AwsCaller(retries));
        Port = new Ec2Port(connection.Ec2, _ec2);
    }

    public DeploymentSettings Settings { get; }

    public TimeProvider Time => TimeProvider.System;

    public IEc2? Port { get; }

    public Connection Connection => _connection;

    public IReadOnlyDictionary<string, int> Calls => ApiCalls.Of(("ec2", _ec2.Calls), ("ssm", _ssm.Calls));

    /// <summary>Connects, and asks STS whose account it is.</summary>
    /// <param name="prefix">Reads the parameters under another path than the deployment's.</param>
    public static async Task<LiveAccount> OpenAsync(Variables variables, CancellationToken cancellationToken, string? prefix = null)
    {
        var connection = await Connection.OpenAsync(variables, cancellationToken);
        var account = await connection.AccountAsync(cancellationToken);
        var settings = connection.Settings.ForDeployment with { Account = account };
        return new LiveAccount(connection, prefix is null ? settings : settings with { Prefix = prefix });
    }

    public Task<Answer<IReadOnlyList<T>>> ReadAsync<T>(Listing<T> listing, CancellationToken cancellationToken) =>
        (Task<Answer<IReadOnlyList<T>>>)_lists.GetOrAdd(listing.Command, _ => _ec2.PagesAsync(
            listing.Action, (page, token) => listing.PageAsync(_connection.Ec2, page, token), page => page.Items ?? [], page => page.Next,
            cancellationToken));

    public Task<Answer<IReadOnlyList<Sdk.Parameter>>> ReadParametersAsync(CancellationToken cancellationToken) =>
        (Task<Answer<IReadOnlyList<Sdk.Parameter>>>)_lists.GetOrAdd("parameters", _ => _ssm.PagesAsync(
            Actions.GetParametersByPath,
            (page, token) => _connection.Ssm.GetParametersByPathAsync(
                new() { Path = Settings.Prefix, Recursive = true, WithDecryption = false, MaxResults = ParametersAPage, NextToken = page },
                token),
            answer => answer.Parameters ?? [],
            answer => answer.NextToken,
            cancellationToken));

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
