using System.Text;
using AutoMirror.Aws.Hosting;
using AutoMirror.Lambda;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.RuntimeApi;

public sealed class HostLogTests
{
    [Fact]
    public void A_line_is_one_write_that_ends_it()
    {
        using var output = new CountingStream();

        new JsonLineLogger(output, new FakeTimeProvider(HostWorld.Now), LogLevel.Information).Error("two\nlines", "r-1");

        Assert.Equal(
            """{"timestamp":"2026-03-04T05:06:07.000Z","level":"ERROR","message":"two\nlines","requestId":"r-1"}""" + "\n",
            Assert.Single(output.Writes));
    }

    private sealed class CountingStream : MemoryStream
    {
        public List<string> Writes { get; } = [];

        public override void Write(ReadOnlySpan<byte> buffer) => Writes.Add(Encoding.UTF8.GetString(buffer));
    }
}
