using Amazon.Lambda.Core;

namespace AutoMirror.Lambda.Managed.Tests;

/// <summary>What Lambda tells a function of an invocation, as far as the host asks.</summary>
internal sealed class Context : ILambdaContext
{
    public string AwsRequestId { get; init; } = Guid.NewGuid().ToString();

    public TimeSpan RemainingTime { get; init; } = TimeSpan.FromSeconds(30);

    public string TraceId { get; init; } = "Root=1-00000000-000000000000000000000000;Sampled=0";

    public string FunctionName => "automirror";

    public string FunctionVersion => "$LATEST";

    public string InvokedFunctionArn => "arn:aws:lambda:us-east-1:123456789012:function:automirror";

    public string LogGroupName => "/aws/lambda/automirror";

    public string LogStreamName => "test";

    public int MemoryLimitInMB => 512;

    public IClientContext ClientContext => null!;

    public ICognitoIdentity Identity => null!;

    public ILambdaLogger Logger => null!;
}
