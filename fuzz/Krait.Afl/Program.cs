using CsCheck;
using Krait.Runtime.Tests.Conformance;
using Krait.Runtime.Tests.Properties;
using SharpFuzz;

// The target of afl-fuzz, which fuzz/afl.sh starts: what it sends is a client's bytes, and what holds of any bytes must hold of them.
//   frames | session            takes inputs from afl-fuzz: for the transport alone, or for a controller's whole connection
//   --corpus FOLDER             writes conversations to begin with
//   --replay FILE...            checks files that were found
switch (args)
{
    case ["--corpus", var folder]:
        for (uint number = 0; number < 24; number++)
        {
            var bytes = Conversation.Any.Generate(new PCG(number, 6455), null, out _).Bytes;
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{number}"), [200, 7, .. number % 2 == 0 ? bytes : CompressedFrames.Of(bytes)]);
        }

        break;
    case ["--replay", .. var files]:
        foreach (var file in files)
        {
            Console.WriteLine(file);
            var pieces = PiecesOf(await File.ReadAllBytesAsync(file));
            await TransportProperties.CheckFramesAsync(pieces);
            await SessionOfBytes.ServeAsync(pieces);
        }

        break;
    case ["frames"]:
        Fuzz(TransportProperties.CheckFramesAsync);
        break;
    default:
        Fuzz(SessionOfBytes.ServeAsync);
        break;
}

static void Fuzz(Func<Pieces, Task> check) => Fuzzer.Run(stream =>
{
    using var input = new MemoryStream();
    stream.CopyTo(input);
    check(PiecesOf(input.ToArray())).GetAwaiter().GetResult();
});

// The first two bytes say in which pieces the others come.
static Pieces PiecesOf(byte[] input) => input.Length < 2 ? new([], [1]) : new(input[2..], [1 + input[0], 1 + input[1]]);
