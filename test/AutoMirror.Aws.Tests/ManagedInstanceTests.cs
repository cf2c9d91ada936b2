using AutoMirror.Emulator.Ec2.Instances;
using Xunit;

namespace AutoMirror.Aws.Tests;

/// <summary>Instances that AWS services manage, which a new account's describes leave out unless asked.</summary>
public sealed class ManagedInstanceTests
{
    private const string Eks = "eks.amazonaws.com";

    [Theory]
    [InlineData("{}")]
    [InlineData(null)]
    public async Task A_hidden_instance_is_mirrored_and_the_verdict_says_who_manages_it(string? resync)
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);
        var instance = Launch(account);

        var report = await function.ReportAsync(resync ?? FunctionUnderTest.StateChange(instance.Id, "running"));

        Assert.Single(await account.SessionsAsync());
        Assert.Contains(Eks, report.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_policy_excludes_instances_by_who_manages_them()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.PutAsync("policy", """{"exclude":{"managedBy":["eks.amazonaws.com"]}}""");
        using var function = new FunctionUnderTest(account);
        Launch(account);

        await function.ReportAsync("{}");

        Assert.Empty(await account.SessionsAsync());
    }

    /// <summary>A partition, or a stand-in for EC2, that is older than the parameter.</summary>
    [Fact]
    public async Task An_EC2_that_does_not_know_the_parameter_is_asked_without_it_from_then_on()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var refused = 0;
        using var function = new FunctionUnderTest(account, new GateTransport(async (_, request, send) =>
        {
            var body = await request.Content!.ReadAsStringAsync();
            if (!body.Contains("IncludeManagedResources", StringComparison.Ordinal))
                return await send();
            Interlocked.Increment(ref refused);
            return new(System.Net.HttpStatusCode.BadRequest)
            {
                RequestMessage = request,
                Content = new StringContent(
                    "<Response><Errors><Error><Code>UnknownParameter</Code>"
                        + "<Message>The parameter IncludeManagedResources is not recognized</Message></Error></Errors>"
                        + "<RequestID>r-1</RequestID></Response>"),
            };
        }));
        await account.LaunchAsync();

        await function.ReportAsync("{}");

        Assert.Single(await account.SessionsAsync());
        Assert.InRange(refused, 1, 2);
    }

    private static Instance Launch(EmulatedAccount account) => account.Cloud.Ec2.Managed.Launch(Eks, new LaunchRequest
    {
        SubnetId = account.SubnetId,
        Tags = new Dictionary<string, string> { ["Mirror"] = "true" },
    })[0];
}
