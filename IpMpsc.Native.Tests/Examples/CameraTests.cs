using System.Diagnostics;
using IpMpsc.Native.Tests.Support;
using IpMpsc.Tests.Documentation;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.Headers;

namespace IpMpsc.Native.Tests.Examples;

/// <summary>The example with a camera in C, a pipeline in .NET and a Python script that observes them.</summary>
[Category("Native")]
public sealed class CameraTests : ChannelFixture
{
    private static readonly string s_folder = Path.Join(Repository.Root, "examples/Camera");

    /// <summary>Built with the same configuration as the tests: both end in bin/CONFIGURATION/FRAMEWORK below their project.</summary>
    private static string Assembly => Path.GetFullPath(Path.Join(
        s_folder, Path.GetRelativePath(Path.Join(Repository.Root, "IpMpsc.Native.Tests"), AppContext.BaseDirectory), "Camera.dll"));

    [Test]
    public void ThreeLanguagesShareAChannel()
    {
        string python = InstalledProgram.Require("Python 3.11", "python3");
        string camera = NativeBuild.Program(
            "camera", [Path.Join(s_folder, "camera.c"), Path.Join(Repository.Root, "native/ipmpsc.c")], "-O2", "-I", Path.Join(Repository.Root, "native"));
        using Participant pipeline = new("pipeline", Directory.Path, "dotnet", "exec", Assembly);
        Assert.That(pipeline.Listen(), Does.StartWith("Waiting for a camera"));
        using Participant look = new("look", Directory.Path, python, Path.Join(s_folder, "look.py"), "3");
        look.Expect("Camera.Frame: Number i64, Width i32, Height i32, Pixels u8[]");

        // While a camera runs, the tap finds pictures, however late it begins.
        int films = 0;
        List<string> seen = [];
        Task looking = Task.Run(() =>
        {
            while (seen.Count < 4)
            {
                seen.Add(look.Listen());
            }
        });
        using ByteHold hold = new(Path.Join(Directory.Path, "ipmpsc", "camera"));
        do
        {
            using Participant film = new("camera", Directory.Path, camera, "40");
            film.End();
            films++;
        }
        while (!looking.Wait(TimeSpan.Zero));

        hold.Dispose();
        look.End();
        string rest = pipeline.End();
        Assert.That(seen, Has.Exactly(3).Matches("^picture [0-9]+: bright spot at [0-9]+, [0-9]+$"));
        Assert.That(rest, Does.Contain("picture 0: 640 x 480, bright spot at 0, 0\npicture 30: 640 x 480, bright spot at 150, 210\n"));
        Assert.That(rest, Does.EndWith($"{40 * films} pictures, all in order\n"));
    }

    [Test]
    public void TheHeaderIsThatOfTheMessage() => Assert.That(
        File.ReadAllText(Path.Join(s_folder, "frame.h")),
        Is.EqualTo(CHeader.Of(SchemaSource.Read(Assembly, []) with { Name = "frame" })));

    /// <summary>Stays attached as a sender, so that the pipeline does not end between two films.</summary>
    private sealed class ByteHold(string path) : IDisposable
    {
        private readonly RecordSender _sender = RecordSender.Open(path);

        public void Dispose() => _sender.Dispose();
    }

    private sealed class Participant(string name, string runtimeDirectory, string program, params IEnumerable<string> arguments) : ProgramProcess(
        name,
        new ProcessStartInfo(program, arguments)
        {
            Environment =
            {
                ["XDG_RUNTIME_DIR"] = runtimeDirectory,
                ["PYTHONPATH"] = Path.Join(Repository.Root, "python"),
                ["PYTHONDONTWRITEBYTECODE"] = "1",
            },
        })
    {
        /// <summary>Waits until it has ended successfully, and returns the rest of its output.</summary>
        public string End()
        {
            Assert.That(AwaitExit(), Is.Zero, () => $"{this} failed.\n{Transcript()}");
            return RestOfOutput();
        }
    }
}
