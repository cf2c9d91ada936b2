using AutoMirror.Lambda;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.RuntimeApi;

public sealed class HostSettingsTests
{
    [Theory]
    [InlineData("127.0.0.1:9001", "http://127.0.0.1:9001/2018-06-01/runtime/")]
    [InlineData("localhost:80", "http://localhost/2018-06-01/runtime/")]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("  ", null)]
    [InlineData("no address", null)]
    public void The_runtime_api_is_read_from_the_environment_or_missing(string? value, string? root) =>
        Assert.Equal(root, Read(("AWS_LAMBDA_RUNTIME_API", value)).RuntimeApi?.ToString());

    [Theory]
    [InlineData("snap-start", true)]
    [InlineData("on-demand", false)]
    [InlineData("provisioned-concurrency", false)]
    [InlineData(null, false)]
    public void Only_snap_start_is_snap_start(string? value, bool snapStart) =>
        Assert.Equal(snapStart, Read(("AWS_LAMBDA_INITIALIZATION_TYPE", value)).IsSnapStart);

    [Theory]
    [InlineData("256", null, 256)]
    [InlineData("256", "false", 256)]
    [InlineData("256", "true", null)]
    [InlineData("256", "TRUE", null)]
    [InlineData("0", null, null)]
    [InlineData("-5", null, null)]
    [InlineData("lots", null, null)]
    [InlineData(null, null, null)]
    public void The_functions_memory_limits_the_heap_unless_that_is_switched_off(string? size, string? off, int? megabytes) =>
        Assert.Equal(
            megabytes,
            Read(("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", size), ("AWS_LAMBDA_DOTNET_DISABLE_MEMORY_LIMIT_CHECK", off)).MemoryMegabytes);

    private static HostSettings Read(params (string Name, string? Value)[] environment) =>
        HostSettings.Read(name => environment.FirstOrDefault(variable => variable.Name == name).Value);
}
