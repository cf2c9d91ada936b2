using Amazon.EC2;
using Amazon.SimpleSystemsManagement;
using Amazon.SQS;

namespace AutoMirror.Simulation.Wire;

/// <summary>The clients of one process.</summary>
internal sealed record ProcessClients(IAmazonEC2 Ec2, IAmazonSimpleSystemsManagement Ssm, IAmazonSQS Sqs);

/// <summary>How processes reach the state engine.</summary>
internal abstract class Transport
{
    /// <summary>Through the SDK's typed calls, without its pipeline: fast.</summary>
    public static Transport Typed { get; } = new TypedOne();

    /// <summary>Through the real SDK and the emulator's wire.</summary>
    public static Transport Wire { get; } = new WireTransport();

    /// <summary>Whether it throttles by EC2's buckets itself.</summary>
    public virtual bool TakesTokens => false;

    public abstract ProcessClients Connect(History history, CallPath path);

    private sealed class TypedOne : Transport
    {
        public override ProcessClients Connect(History history, CallPath path) =>
            new(history.Mutant.Wrap(history, path), history.Mutant.WrapSsm(history, path), new TypedSqs(history, path));
    }
}
