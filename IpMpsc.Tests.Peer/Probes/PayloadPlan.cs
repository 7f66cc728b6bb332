namespace IpMpsc.Tests.Peer.Probes;

/// <summary>
/// Raw payloads of given lengths, from 0 on: too short to carry a header, so their content follows
/// from the plan, which both sides know. The first byte, where there is one, names the sender.
/// </summary>
public sealed record PayloadPlan(int Sender, IReadOnlyList<int> Lengths)
{
    public byte[] this[int index]
    {
        get
        {
            byte[] payload = new byte[Lengths[index]];
            Noise.Fill(payload, Sender, index);
            if (payload.Length > 0)
            {
                payload[0] = (byte)Sender;
            }

            return payload;
        }
    }
}
