using AutoMirror.Emulator.Sts;

namespace AutoMirror.Emulator.Lambda.Processes;

/// <summary>
/// The environment of a function's process: what Lambda defines, what the function was configured with, and nothing of the emulator's own
/// ("Defined runtime environment variables"). The endpoint stands where AWS has none, since there clients find it by the Region.
/// </summary>
internal static class SandboxEnvironment
{
    public static Dictionary<string, string> Of(
        Cloud cloud, LambdaFunction function, Caller session, string runtimeApi, string taskRoot, string logStream)
    {
        var settings = function.Configuration;
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["_HANDLER"] = settings.Handler ?? "bootstrap",
            ["AWS_LAMBDA_RUNTIME_API"] = runtimeApi,
            ["AWS_LAMBDA_FUNCTION_NAME"] = function.Name,
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = Protocol.Notation.Number(settings.MemorySize),
            ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
            ["AWS_LAMBDA_LOG_GROUP_NAME"] = function.LogGroup,
            ["AWS_LAMBDA_LOG_STREAM_NAME"] = logStream,
            ["AWS_LAMBDA_LOG_FORMAT"] = settings.LogFormat,
            ["AWS_REGION"] = cloud.Options.Region,
            ["AWS_DEFAULT_REGION"] = cloud.Options.Region,
            ["AWS_ACCESS_KEY_ID"] = session.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = "secret-of-an-emulated-role",
            ["AWS_SESSION_TOKEN"] = "token-of-an-emulated-role",
            ["AWS_ENDPOINT_URL"] = cloud.Endpoint.GetLeftPart(UriPartial.Authority),
            ["LAMBDA_TASK_ROOT"] = taskRoot,
            ["LAMBDA_RUNTIME_DIR"] = taskRoot,
            ["LANG"] = "en_US.UTF-8",
            ["TZ"] = ":UTC",
            // Lambda's own path has the system's programs only; here they are where this machine has them.
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin",
        };
        if (settings.ApplicationLogLevel is { } level)
            variables["AWS_LAMBDA_LOG_LEVEL"] = level;
        foreach (var (name, value) in settings.Environment)
            variables[name] = value;
        return variables;
    }
}
