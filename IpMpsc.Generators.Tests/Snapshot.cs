using System.Runtime.CompilerServices;
using System.Text;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace IpMpsc.Generators.Tests;

/// <summary>
/// Compares text with an approved file in the folder Snapshots. On a mismatch, the new text is written beside
/// it as *.received.cs. If the change is intended, rename that file to *.verified.cs and commit it.
/// </summary>
internal static class Snapshot
{
    public static void Verify(string text, string name, [CallerFilePath] string testFile = "")
    {
        string folder = Path.Combine(Path.GetDirectoryName(testFile)!, "Snapshots");
        string test = $"{Path.GetFileNameWithoutExtension(testFile)}.{TestContext.CurrentContext.Test.MethodName}";
        string verifiedPath = Path.Combine(folder, $"{test}#{name}.verified.cs");
        string receivedPath = Path.Combine(folder, $"{test}#{name}.received.cs");

        string verified = File.Exists(verifiedPath) ? File.ReadAllText(verifiedPath) : "";
        if (text == verified)
        {
            File.Delete(receivedPath);
            return;
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(receivedPath, text);
        Assert.Fail($"{Path.GetFileName(receivedPath)} differs from the approved file:\n{Diff(verified, text)}");
    }

    private static string Diff(string verified, string received)
    {
        var report = new StringBuilder();
        foreach (DiffPiece line in new InlineDiffBuilder(new Differ()).BuildDiffModel(verified, received).Lines)
        {
            switch (line.Type)
            {
                case ChangeType.Inserted:
                    report.Append("+ ").Append(line.Text).Append('\n');
                    break;
                case ChangeType.Deleted:
                    report.Append("- ").Append(line.Text).Append('\n');
                    break;
            }
        }

        return report.ToString();
    }
}
