using System.IO.Compression;
using System.Text.RegularExpressions;
using AutoMirror.Aws.Tests;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests;

/// <summary>The package that is deployed: built without a warning, and doing its job.</summary>
public sealed class AheadOfTimeTests
{
    private const long LargestPackage = 7_000_000;

    [NeedsCompilerFact]
    public async Task The_package_builds_without_a_warning_and_mirrors_a_launch()
    {
        var folder = Directory.CreateTempSubdirectory("automirror-package-");
        try
        {
            var build = await Tool.RunAsync("bash", [Repository.PathOf("infra", "build.sh")], timeLimit: TimeSpan.FromMinutes(5));
            var package = Repository.PathOf("artifacts", "automirror.zip");
            Assert.True(build.ExitCode == 0, build.Output + build.Error);
            Assert.DoesNotMatch(new Regex("warning (IL|CS|CA|NU)[0-9]"), build.Output + build.Error);
            Assert.InRange(new FileInfo(package).Length, 1_000_000, LargestPackage);
            await ZipFile.ExtractToDirectoryAsync(package, folder.FullName);
            var bootstrap = Path.Combine(folder.FullName, "bootstrap");

            await using var account = await EmulatedAccount.StartAsync();
            account.Cloud.Events.Subscribe("all", """{"source":["aws.ec2"]}""");
            using var function = Programs.StartFunction(account.Server, bootstrap);
            var instance = await account.LaunchAsync(interfaces: 2);
            await account.Cloud.Function.WhenIdleAsync().WaitAsync(TimeSpan.FromSeconds(30));

            Assert.Equal(
                instance.NetworkInterfaces.Select(each => each.NetworkInterfaceId).Order(),
                (await account.SessionsAsync()).Select(session => session.NetworkInterfaceId).Order());
            Assert.All(account.Cloud.Function.Results, result => Assert.False(result.IsError, result.Payload));
            FunctionProcessTests.AssertLog(await function.StopAsync());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
