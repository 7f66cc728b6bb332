using IpMpsc.Nats.Brokers;

namespace IpMpsc.Nats.Sinking;

/// <summary>Lets batches pass whose schema the channel understands. Each fingerprint is looked up and compared once.</summary>
/// <param name="stream">Where the schemas are.</param>
/// <param name="channel">The path of the channel.</param>
/// <param name="schema">The schema of the channel, which needs no look.</param>
/// <param name="options">What the channel must be like.</param>
internal sealed class SchemaGate(BridgeStream stream, string channel, string schema, IpcChannelOptions? options)
{
    private readonly Dictionary<string, bool> _known = new() { [BridgeStream.FingerprintOf(schema)] = true };

    /// <summary>Whether a batch of this schema may pass; false if the stream does not know the schema.</summary>
    /// <exception cref="Progress.BridgeObstacle">The schema differs from that of the channel.</exception>
    public async ValueTask<bool> AcceptsAsync(string fingerprint, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(fingerprint, out bool accepts))
        {
            StreamSchema? found = await stream.SchemaOfAsync(fingerprint, cancellationToken).ConfigureAwait(false);
            accepts = found is not null && BridgeStream.FingerprintOf(found.Text) == fingerprint;
            if (accepts)
            {
                SchemaAgreement.Require(stream.Name, found!.Text, channel, options);
            }

            _known[fingerprint] = accepts;
        }

        return accepts;
    }
}
