using System.IO.Compression;
using System.Text;
using AutoMirror.Emulator.Lambda;
using AutoMirror.Emulator.RuntimeApi;
using AutoMirror.Emulator.Tests.Iam;

namespace AutoMirror.Emulator.Tests.Lambda;

/// <summary>Tests with functions that really run: programs in Python, for want of anything smaller.</summary>
public abstract class FunctionTests : ServerTests
{
    /// <summary>A runtime that asks for events and answers with what <c>handle</c> makes of them.</summary>
    private const string Runtime = """
        #!/usr/bin/env python3
        import json, os, sys, time, urllib.request
        api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/"
        def post(path, body, **headers):
            request = urllib.request.Request(api + path, json.dumps(body).encode(), headers)
            urllib.request.urlopen(request).read()
        HANDLER
        while True:
            with urllib.request.urlopen(api + "invocation/next") as next:
                event, id = json.loads(next.read()), next.headers["Lambda-Runtime-Aws-Request-Id"]
            try:
                answer = handle(event)
            except Exception as error:
                failure = {"errorType": type(error).__name__, "errorMessage": str(error)}
                post(f"invocation/{id}/error", failure, **{"Lambda-Runtime-Function-Error-Type": type(error).__name__})
            else:
                post(f"invocation/{id}/response", answer)
        """;

    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected override EmulatorOptions Options => new() { AlarmsEvaluatedEvery = TimeSpan.FromMilliseconds(100) };

    /// <summary>A role for functions, with these statements besides those for logs.</summary>
    protected string Role(string statements = "", bool withLogs = true)
    {
        const string Logs = """{"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}""";
        var all = string.Join(',', new[] { withLogs ? Logs : "", statements }.Where(text => text.Length > 0));
        var role = Server.Cloud.Iam.Roles.Create("function", Trust.Lambda);
        if (all.Length > 0)
            Server.Cloud.Iam.Roles.PutPolicy("function", "p", $$"""{"Version":"2012-10-17","Statement":[{{all}}]}""");
        return role.Arn;
    }

    /// <summary>Creates a function whose handler is this Python.</summary>
    protected LambdaFunction Create(
        string handler, string? role = null, Func<FunctionConfiguration, FunctionConfiguration>? change = null, string name = "f")
    {
        var configuration = new FunctionConfiguration
        {
            Role = role ?? Role(), Runtime = "provided.al2023", Handler = "bootstrap", Timeout = 10,
        };
        return Server.Cloud.Lambda.Create(name, change?.Invoke(configuration) ?? configuration, new(Program(handler)));
    }

    protected static Task<FunctionResult> InvokeAsync(LambdaFunction function, string payload = "{}") =>
        function.Host.InvokeAsync(payload).WaitAsync(Patience);

    protected static byte[] Program(string handler) =>
        Zip(("bootstrap", Runtime.Replace("HANDLER", handler, StringComparison.Ordinal), 0b111_101_101));

    protected static byte[] Zip(params (string Name, string Text, int Mode)[] files)
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create))
        {
            foreach (var (name, text, mode) in files)
            {
                var entry = archive.CreateEntry(name);
                entry.ExternalAttributes = mode << 16;
                using var stream = entry.Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return buffer.ToArray();
    }

    /// <summary>The messages of the function's log, once there is one that fits.</summary>
    protected async Task<IReadOnlyList<string>> LogAsync(LambdaFunction function, string containing)
    {
        await UntilAsync(() => Log(function).Any(line => line.Contains(containing, StringComparison.Ordinal)));
        return Log(function);
    }

    /// <summary>Waits for something that other threads bring about.</summary>
    protected static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
    }

    private IReadOnlyList<string> Log(LambdaFunction function) => Server.Cloud.Logs.Find(function.LogGroup)?.Messages ?? [];
}
