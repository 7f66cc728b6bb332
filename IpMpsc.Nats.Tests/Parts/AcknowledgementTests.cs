using System.Text;
using IpMpsc.Nats.Brokers;

namespace IpMpsc.Nats.Tests.Parts;

/// <summary>The broker's answer to a batch.</summary>
public sealed class AcknowledgementTests
{
    [TestCase("""{"stream":"S","seq":12}""", 12, 0, null)]
    [TestCase("""{"stream":"S","domain":"hub","seq":12,"duplicate": true}""", 12, 0, null)]
    [TestCase("""{"error":{"code":400,"err_code":10071,"description":"wrong last sequence: 5"},"stream":"S","seq":0}""", 0, 10071, "wrong last sequence: 5")]
    [TestCase("""{"error":{"code":503,"err_code":10077},"stream":"S","seq":0}""", 0, 10077, "error 10077")]
    public void AnswerIsRead(string json, long sequence, int code, string? error) =>
        Assert.That(Acknowledgement.Read(Encoding.UTF8.GetBytes(json)), Is.EqualTo(new Acknowledgement((ulong)sequence, code, error)));
}
