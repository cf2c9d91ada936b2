using AutoMirror.Emulator.Logs;

namespace AutoMirror.Emulator.Lambda.Processes;

/// <summary>
/// The log stream of a sandbox. Lambda writes it in the name of the function's role: without its permissions nothing is written, and
/// nobody is told, as at AWS.
/// </summary>
internal sealed class FunctionLog(Cloud cloud, LambdaFunction function, string stream)
{
    private readonly List<string> _lines = [];
    private readonly Lock _gate = new();

    /// <summary>Writes a line with the time of now.</summary>
    public void Write(string line)
    {
        lock (_gate)
            _lines.Add(line);
        using (cloud.Enter())
        {
            if (Find() is var (group, found) && May("logs:PutLogEvents"))
                cloud.Logs.Put(group, found, [(cloud.Now, line)]);
        }
    }

    /// <summary>The lines that were written from the one on that starts an invocation.</summary>
    public IReadOnlyList<string> Since(string requestId)
    {
        lock (_gate)
            return [.. _lines.SkipWhile(line => !line.Contains(requestId, StringComparison.Ordinal))];
    }

    /// <summary>The group and the stream, which are made where they lack and the role may make them; null where it may not.</summary>
    private (LogGroup Group, LogStream Stream)? Find()
    {
        var group = cloud.Logs.Find(function.LogGroup);
        if (group is null && May("logs:CreateLogGroup"))
            group = cloud.Logs.Create(function.LogGroup);
        if (group?.Find(stream) is { } found)
            return (group, found);
        return group is not null && May("logs:CreateLogStream") ? (group, group.AddStream(stream)) : null;
    }

    private bool May(string action) => cloud.Iam.Roles.FindByArn(function.Configuration.Role) is { } role
        && cloud.Access.MayRole(role, action,
            cloud.Arn("logs", $"log-group:{function.LogGroup}:log-stream:{(action == "logs:CreateLogGroup" ? "" : stream)}"));
}
