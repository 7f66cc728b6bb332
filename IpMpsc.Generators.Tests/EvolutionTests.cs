using IpMpsc.Generators.Tests.Messages;

namespace IpMpsc.Generators.Tests;

/// <summary>Programs of different versions on one channel: every sender with every receiver.</summary>
public sealed class EvolutionTests
{
    private static readonly OrderV1 s_first = new() { Instrument = 42, Quantity = 7 };
    private static readonly OrderV2 s_second = new() { Instrument = 42, Quantity = 7, Venue = 3, IsFirm = true, Limit = 1.5 };
    private static readonly OrderV3 s_third = new()
    {
        Instrument = 42, Quantity = 7, Venue = 3, IsFirm = true, Limit = 1.5, Account = "A1", Comment = "c", Legs = [1, 2],
    };

    [Test]
    public void OldReceiverIgnoresWhatItDoesNotKnow()
    {
        Assert.That(Transfer<OrderV2, OrderV1>(s_second), Is.EqualTo(s_first));
        Assert.That(Transfer<OrderV3, OrderV1>(s_third), Is.EqualTo(s_first));
        Assert.That(Transfer<OrderV3, OrderV2>(s_third), Is.EqualTo(s_second));
    }

    [Test]
    public void NewReceiverSeesDefaultsInOldMessages()
    {
        Assert.That(
            Transfer<OrderV1, OrderV2>(s_first), Is.EqualTo(new OrderV2 { Instrument = 42, Quantity = 7 }));
        AssertHasNothingOfVersion3(Transfer<OrderV1, OrderV3>(s_first), venue: 0);
        AssertHasNothingOfVersion3(Transfer<OrderV2, OrderV3>(s_second), venue: 3);
    }

    [Test]
    public void EqualVersionsSeeEverything()
    {
        Assert.That(Transfer<OrderV1, OrderV1>(s_first), Is.EqualTo(s_first));
        Assert.That(Transfer<OrderV2, OrderV2>(s_second), Is.EqualTo(s_second));
        OrderV3 read = Transfer<OrderV3, OrderV3>(s_third);
        Assert.That(read with { Legs = s_third.Legs }, Is.EqualTo(s_third));
        Assert.That(read.Legs, Is.EqualTo(s_third.Legs));
    }

    [Test]
    public void EitherSideMayCreateTheChannel()
    {
        using var receiver = Receiver<OrderV2>.CreateTemporary();
        using (var newer = Sender<OrderV3>.Open(receiver.Path))
        using (var older = ExclusiveSender<OrderV1>.Open(receiver.Path))
        {
            newer.Send(s_third);
            older.Send(s_first);
        }

        Assert.That(receiver.Receive(), Is.EqualTo(s_second));
        Assert.That(receiver.Receive().Venue, Is.Zero);
    }

    [Test]
    public void ViewIgnoresPaddingThatItsVersionDoesNotHave()
    {
        byte[] padded = Wire.Write(s_first);
        Assert.That(padded, Has.Length.EqualTo(16));
        padded.AsSpan(12).Fill(0xFF);

        var view = new OrderV2.View(padded, version: 1);
        Assert.That((view.Quantity, view.Venue, view.IsFirm, view.Limit), Is.EqualTo((7, 0, false, 0.0)));

        var longer = new OrderV3.View(Wire.Write(s_third), version: 2);
        Assert.That(longer.HasComment, Is.False);
        Assert.That(longer.Legs.IsEmpty, Is.True);
        Assert.That(longer.Limit, Is.EqualTo(1.5));
    }

    [TestCase(1, 15)]
    [TestCase(2, 23)]
    [TestCase(3, 47)]
    [TestCase(9, 47)]
    public void PayloadShorterThanTheSendersBlockIsRefused(int version, int length) =>
        Assert.That(
            () => new OrderV3.View(new byte[length], (ushort)version).Quantity, Throws.TypeOf<MessageFormatException>());

    [Test]
    public void RetypedFieldIsNamedWithBothSides() => AssertMismatch<OrderRetyped>(
        "in message Market.Order it has 'Quantity i32 @8', this program has 'Quantity u32 @8'");

    [Test]
    public void FieldAddedWithoutAVersionIsNamed() => AssertMismatch<OrderLonger>(
        "in message Market.Order it lacks 'Forgotten i32 @12', which this program has. Mark a field that is added later with [Since]");

    [Test]
    public void FieldRemovedIsNamed()
    {
        using var receiver = Receiver<OrderLonger>.CreateTemporary();

        Assert.That(
            () => Sender<OrderV1>.Open(receiver.Path),
            Throws.TypeOf<ChannelMismatchException>().With.Message.Contains("it has 'Forgotten i32 @12', which this program lacks."));
    }

    [Test]
    public void OtherMessageIsNamed() => AssertMismatch<Point>(
        "which this program does not know; this program has 'message IpMpsc.Generators.Tests.Messages.Point id 42 version 1 size 16'");

    private static void AssertMismatch<TOther>(string difference) where TOther : struct, IChannelMessage<TOther>
    {
        using var receiver = Receiver<OrderV1>.CreateTemporary();

        Assert.That(
            () => Sender<TOther>.Open(receiver.Path),
            Throws.TypeOf<ChannelMismatchException>().With.Message.Contains(difference));
    }

    private static void AssertHasNothingOfVersion3(OrderV3 read, short venue)
    {
        Assert.That((read.Quantity, read.Venue), Is.EqualTo((7, venue)));
        Assert.That(read.Account, Is.Empty);
        Assert.That(read.Comment, Is.Null);
        Assert.That(read.Legs, Is.Empty);
    }

    private static TReceived Transfer<TSent, TReceived>(TSent message)
        where TSent : struct, IChannelMessage<TSent>
        where TReceived : struct, IChannelMessage<TReceived>
    {
        using var receiver = Receiver<TReceived>.CreateTemporary();
        using var sender = Sender<TSent>.Open(receiver.Path);
        sender.Send(message);
        return receiver.Receive();
    }
}
