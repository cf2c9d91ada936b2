using AutoMirror.Emulator.RuntimeApi;

namespace AutoMirror.Emulator.Lambda;

/// <summary>Lambda: functions by name, and the mappings that give them messages of queues.</summary>
public sealed class LambdaEngine
{
    private readonly Cloud _cloud;
    private readonly SortedDictionary<string, LambdaFunction> _functions = new(StringComparer.Ordinal);
    private readonly AsynchronousResults _results;

    internal LambdaEngine(Cloud cloud)
    {
        _cloud = cloud;
        _results = new(cloud);
        Mappings = new(cloud);
        Packages = new(cloud);
    }

    /// <summary>The functions in the order of their names.</summary>
    public IReadOnlyList<LambdaFunction> Functions => _cloud.InTurn(() => _functions.Values.ToList());

    /// <summary>The buckets that code can come from.</summary>
    public PackageBuckets Packages { get; }

    internal EventSourceMappings Mappings { get; }

    /// <summary>Raised within the turn when a function is made, for the server to run it.</summary>
    internal event Action<LambdaFunction>? Created;

    /// <summary>A function by name, or null.</summary>
    public LambdaFunction? Find(string name) => _cloud.InTurn(() => _functions.GetValueOrDefault(name));

    /// <summary>A function by its name, its ARN or the part of it that has the account; ResourceNotFoundException when there is
    /// none.</summary>
    internal LambdaFunction Get(string nameOrArn) =>
        Find(FunctionNames.NameOf(_cloud, nameOrArn))
            ?? throw LambdaErrors.FunctionNotFound(_cloud, FunctionNames.NameOf(_cloud, nameOrArn));

    /// <summary>
    /// The work of the function with an ARN: of one that was created, else of the one whose process somebody else starts; null for none.
    /// </summary>
    internal FunctionHost? HostOf(string arn) =>
        _functions.GetValueOrDefault(FunctionNames.NameOf(_cloud, arn)) is { } function
            && arn.StartsWith(function.Arn, StringComparison.Ordinal)
            ? function.Host
            : arn == _cloud.Function.Arn ? _cloud.Function : null;

    /// <summary>Creates a function, as CreateFunction does.</summary>
    public LambdaFunction Create(string name, FunctionConfiguration configuration, FunctionCode code)
    {
        using (_cloud.Enter())
        {
            if (_functions.ContainsKey(name))
                throw LambdaErrors.FunctionExists(name);
            var function = _functions[name] = new(_cloud, name, configuration, code);
            FunctionMetrics.Watch(_cloud, function);
            _results.Watch(function);
            Created?.Invoke(function);
            return function;
        }
    }

    internal void Delete(LambdaFunction function)
    {
        using (_cloud.Enter())
        {
            _functions.Remove(function.Name);
            function.Touch();
        }
    }
}
