using System.Net;
using System.Text;
using AutoMirror.Emulator.RuntimeApi;

namespace AutoMirror.Emulator.Tests.RuntimeApi;

public sealed class RuntimeApiTests : ServerTests
{
    private FunctionHost Function => Server.Cloud.Function;

    [Fact]
    public async Task An_invocation_reaches_the_runtime_and_its_answer_the_caller()
    {
        var next = NextAsync();
        var result = Function.InvokeAsync("""{"a":1}""");
        var invocation = await next;

        Assert.Equal("""{"a":1}""", await invocation.Content.ReadAsStringAsync());
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:automirror",
            invocation.Headers.GetValues("Lambda-Runtime-Invoked-Function-Arn").Single());
        var left = DateTimeOffset.FromUnixTimeMilliseconds(
            long.Parse(invocation.Headers.GetValues("Lambda-Runtime-Deadline-Ms")
                .Single(), System.Globalization.CultureInfo.InvariantCulture)) - DateTimeOffset.UtcNow;
        Assert.InRange(left.TotalSeconds, 20, 30);
        Assert.StartsWith("Root=1-", invocation.Headers.GetValues("Lambda-Runtime-Trace-Id").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync($"invocation/{IdOf(invocation)}/response", "\"fine\""));
        Assert.Equal((false, "\"fine\""), ((await result).IsError, (await result).Payload));
    }

    [Fact]
    public async Task An_answer_is_taken_once_and_only_for_an_invocation_that_is_current()
    {
        var result = Function.InvokeAsync("{}");
        var id = IdOf(await NextAsync());

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("invocation/00000000-0000-0000-0000-000000000000/response", "1"));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync($"invocation/{id}/response", "1"));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync($"invocation/{id}/response", "2"));
        Assert.Equal("1", (await result).Payload);
    }

    [Fact]
    public async Task A_response_above_six_megabytes_is_too_large()
    {
        var result = Function.InvokeAsync("{}");
        var id = IdOf(await NextAsync());

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge,
            await PostAsync($"invocation/{id}/response", new string('x', (6 * 1024 * 1024) + 1000)));
        await PostAsync($"invocation/{id}/error", """{"errorType":"Function.ResponseSizeTooLarge"}""", "Function.ResponseSizeTooLarge");
        Assert.Equal("Function.ResponseSizeTooLarge", (await result).ErrorType);
    }

    [Fact]
    public async Task An_event_that_fails_is_tried_twice_again_and_then_given_up()
    {
        Function.RetryDelays = [TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)];
        Function.Enqueue("{}");
        var ids = new HashSet<string>();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var id = IdOf(await NextAsync());
            ids.Add(id);
            Assert.Equal(HttpStatusCode.Accepted, await PostAsync($"invocation/{id}/error", """{"errorType":"Boom"}""", "Boom"));
        }

        await Function.WhenIdleAsync(new CancellationTokenSource(TimeSpan.FromSeconds(5)).Token);
        Assert.Single(ids);
        Assert.Equal(("{}", "Boom", 3),
            (Assert.Single(Function.DeadLetters).Payload, Function.DeadLetters[0].LastResult.ErrorType, Function.DeadLetters[0]
                .LastResult.Attempt));
    }

    [Fact]
    public async Task An_invocation_that_takes_too_long_times_out_and_its_late_answer_is_refused()
    {
        Function.Timeout = TimeSpan.FromMilliseconds(50);
        var result = Function.InvokeAsync("{}");
        var id = IdOf(await NextAsync());

        Assert.Equal("Sandbox.Timedout", (await result).ErrorType);
        Assert.Contains("Task timed out after 0.05 seconds", (await result).Payload, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync($"invocation/{id}/response", "1"));
    }

    [Fact]
    public async Task A_sandbox_that_goes_away_fails_its_invocation()
    {
        var result = Function.InvokeAsync("{}");
        using (var sandbox = new HttpClient())
            await sandbox.GetAsync($"http://{Server.RuntimeApi}/2018-06-01/runtime/invocation/next");

        Assert.Equal("Runtime.ExitError", (await result.WaitAsync(TimeSpan.FromSeconds(5))).ErrorType);
    }

    [Fact]
    public async Task A_failed_initialisation_is_recorded()
    {
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync("init/error", """{"errorType":"NoPolicy"}""", "Runtime.NoPolicy"));

        Assert.Equal("Runtime.NoPolicy", Assert.Single(Function.InitErrors).ErrorType);
    }

    [Fact]
    public async Task A_state_change_reaches_the_function_through_a_rule()
    {
        Server.Cloud.Events.Subscribe("running", """{"source":["aws.ec2"],"detail":{"state":["running"]}}""");
        var next = NextAsync();
        Launch();

        var invocation = await next.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Contains("\"state\":\"running\"", await invocation.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_over_rest_answers_like_Lambda()
    {
        var call = Http.PostAsync($"{Server.Url}2015-03-31/functions/automirror/invocations", new StringContent("{}"));
        var id = IdOf(await NextAsync());
        await PostAsync($"invocation/{id}/error", """{"errorType":"Boom"}""", "Boom");
        var answer = await call;

        Assert.Equal((HttpStatusCode.OK, "Unhandled"), (answer.StatusCode, answer.Headers.GetValues("X-Amz-Function-Error").Single()));
        Assert.Equal(HttpStatusCode.NotFound, (await Http.PostAsync($"{Server.Url}2015-03-31/functions/other/invocations", null))
            .StatusCode);
    }

    private Task<HttpResponseMessage> NextAsync() => Http.GetAsync($"http://{Server.RuntimeApi}/2018-06-01/runtime/invocation/next");

    private static string IdOf(HttpResponseMessage invocation) => invocation.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();

    private async Task<HttpStatusCode> PostAsync(string path, string body, string? errorType = null)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"http://{Server.RuntimeApi}/2018-06-01/runtime/{path}")
        {
            Content = new StringContent(
                body, Encoding.UTF8, "application/json")
        };
        if (errorType is not null)
            request.Headers.Add("Lambda-Runtime-Function-Error-Type", errorType);
        return (await Http.SendAsync(request)).StatusCode;
    }
}
