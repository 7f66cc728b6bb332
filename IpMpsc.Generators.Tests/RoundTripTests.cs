using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using IpMpsc.Generators.Tests.Messages;
using IpMpsc.Schemas;

namespace IpMpsc.Generators.Tests;

/// <summary>
/// Random messages survive a round trip unchanged: through generated code over a real channel, through the
/// decoder that knows only the schema, and through JSON. A failure prints the seed that repeats it.
/// </summary>
public sealed class RoundTripTests
{
    [Test]
    public void Catalogues() => Check(MessageGenerators.Catalogues);

    [Test]
    public void NullableFields() => Check(MessageGenerators.Sparses);

    [Test]
    public void Numbers() => Check(MessageGenerators.Numbers);

    [Test]
    public void FixedValues() => Check(Seeds.Select(seed => new RandomMessages(seed).Moments()));

    [Test]
    public void Values() => Check(Seeds.Select(seed => new RandomMessages(seed).Values()));

    [Test]
    public void Collections() => Check(Seeds.Select(seed => new RandomMessages(seed).Collected()));

    private static Gen<int> Seeds => Gen.Choose(0, int.MaxValue);

    private static void Check<T>(Gen<T> messages) where T : struct, IChannelMessage<T>
    {
        SchemaMessage schema = SchemaDocument.Parse(T.Schema.Text).Messages[0];
        using var receiver = Receiver<T>.CreateTemporary();
        using var sender = Sender<T>.Open(receiver.Path);

        Prop.ForAll(messages.ToArbitrary(), message =>
        {
            byte[] payload = Image(schema, message);

            sender.Send(message);
            Assert.That(Image(schema, receiver.Receive()), Is.EqualTo(payload), "over a channel");

            MessageValue value = schema.Decode(payload, T.SchemaVersion);
            Assert.That(schema.Encode(value), Is.EqualTo(payload), "by the schema");

            using JsonDocument json = JsonDocument.Parse(ValueJson.Of(value));
            Assert.That(schema.Encode(schema.ReadJson(json.RootElement)), Is.EqualTo(payload), "as JSON");
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>The payload of a message. The padding of a fixed message is unspecified, so it is cleared.</summary>
    private static byte[] Image<T>(SchemaMessage schema, T message) where T : struct, IChannelMessage<T>
    {
        byte[] payload = Wire.Write(message);
        return T.IsFixedSize ? schema.Encode(schema.Decode(payload, T.SchemaVersion)) : payload;
    }
}
