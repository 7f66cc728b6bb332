using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Properties;

/// <summary>The ledger that the properties rely on detects every kind of error.</summary>
public sealed class PayloadLedgerTests
{
    private static readonly PayloadPlan[] s_plans = [new(0, [0, 3, 0]), new(1, [2, 0, 4])];

    [Test]
    public void RightOrderIsAccepted() => Enter([], s_plans[1][0], s_plans[0][1], [], [], s_plans[1][2]);

    [Test]
    public void LostPayload() => ExpectWrong([], s_plans[1][0], [], [], s_plans[1][2]);

    [Test]
    public void LostEmptyPayload() => ExpectWrong([], s_plans[1][0], s_plans[0][1], [], s_plans[1][2]);

    [Test]
    public void LateEmptyPayload() => ExpectWrong(s_plans[0][1], [], s_plans[1][0], [], [], s_plans[1][2]);

    [Test]
    public void DuplicatedPayload() => ExpectWrong([], s_plans[1][0], s_plans[1][0], s_plans[0][1], [], [], s_plans[1][2]);

    [Test]
    public void DuplicatedEmptyPayload() => ExpectWrong([], s_plans[1][0], s_plans[0][1], [], [], [], s_plans[1][2]);

    [Test]
    public void ReorderedPayload() => ExpectWrong([], s_plans[1][2], s_plans[0][1], [], [], s_plans[1][0]);

    [Test]
    public void ChangedPayload() => ExpectWrong([], [1, 99], s_plans[0][1], [], [], s_plans[1][2]);

    [Test]
    public void UnknownSender() => ExpectWrong([7, 1]);

    private static void ExpectWrong(params byte[][] payloads) => Assert.Throws<ProbeException>(() => Enter(payloads));

    private static void Enter(params byte[][] payloads)
    {
        PayloadLedger ledger = new(s_plans);
        foreach (byte[] payload in payloads)
        {
            ledger.Enter(payload);
        }

        ledger.RequireComplete();
    }
}
