namespace AutoMirror.Core.Ports;

/// <summary>The port to Parameter Store. One object serves one invocation.</summary>
internal interface IParameterStore
{
    /// <summary>How often each action was called so far, every attempt counted.</summary>
    IReadOnlyDictionary<string, int> Calls { get; }

    /// <summary>Every parameter under a prefix, at any depth, all pages.</summary>
    Task<Answer<IReadOnlyList<Parameter>>> ReadAsync(string prefix, CancellationToken cancellationToken);
}
