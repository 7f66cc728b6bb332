using IpMpsc.Nats.Progress;

namespace IpMpsc.Nats.Brokers;

/// <summary>Requires that a channel and a stream agree on the messages.</summary>
internal static class SchemaAgreement
{
    /// <summary>Requires that a channel could carry what the stream carries.</summary>
    /// <exception cref="BridgeObstacle">It could not; the message names the first difference.</exception>
    public static async Task RequireAsync(BridgeStream stream, string channel, IpcChannelOptions? options, CancellationToken cancellationToken)
    {
        if (await stream.NewestSchemaAsync(cancellationToken).ConfigureAwait(false) is { } schema)
        {
            Require(stream.Name, schema.Text, channel, options);
        }
    }

    /// <inheritdoc cref="RequireAsync" />
    public static void Require(string stream, string schema, string channel, IpcChannelOptions? options)
    {
        try
        {
            // The library compares schemas when a channel is opened.
            RecordSender.OpenOrCreate(channel, schema, options).Dispose();
        }
        catch (ChannelMismatchException difference)
        {
            throw BridgeObstacle.Refuse($"Stream '{stream}' carries other messages than the channel: {difference.Message}");
        }
    }
}
