using IpMpsc;

// Receives what camera.c films, finds the bright spot in each picture without copying it, and ends when the camera does.
// Exit code 0: every picture arrived once and in order.

using Receiver<Frame> receiver = Receiver<Frame>.OpenOrCreate("camera", new IpcChannelOptions { Capacity = 1 << 22, EndWithSenders = true });
Console.WriteLine($"Waiting for a camera on {receiver.Path}.");

int pictures = 0;
long due = 0;
bool isInOrder = true;
foreach (ReceivedMessage<Frame> message in receiver.ReadAll())
{
    Frame.View frame = message.View;
    ReadOnlySpan<byte> pixels = frame.Pixels; // in the memory that the camera wrote
    int spot = pixels.IndexOf((byte)255);
    isInOrder &= frame.Number == due || frame.Number == 0; // a restarted camera begins at 0 again
    due = frame.Number + 1;
    pictures++;
    if (frame.Number % 30 == 0)
    {
        Console.WriteLine($"picture {frame.Number}: {frame.Width} x {frame.Height}, bright spot at {spot % frame.Width}, {spot / frame.Width}");
    }
}

Console.WriteLine($"{pictures} pictures, {(isInOrder ? "all in order" : "some are missing")}");
return isInOrder ? 0 : 1;
