using CsCheck;

namespace Krait.Runtime.Tests.Properties;

/// <summary>Something that holds for every value of a kind, and that can be checked for one at a time.</summary>
internal abstract class Property(string name)
{
    private const int Shrinking = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name { get; } = name;

    /// <summary>Checks one value, always the same for the same numbers.</summary>
    /// <exception cref="CsCheckException">It does not hold; the message tells a small value and how to get it again.</exception>
    public abstract void Check(ulong seed, uint number);

    public static Property Of<T>(string name, Gen<T> values, Action<T> assert) => new Of1<T>(name, values, assert);

    /// <summary>Makes a property whose check must end in time.</summary>
    public static Property Of<T>(string name, Gen<T> values, Func<T, Task> assert) =>
        Of<T>(name, values, value => Task.Run(() => assert(value)).WaitAsync(Patience).GetAwaiter().GetResult());

    private sealed class Of1<T>(string name, Gen<T> values, Action<T> assert) : Property(name)
    {
        public override void Check(ulong seed, uint number)
        {
            var source = new PCG(number, seed);
            var state = source.ToString();
            try
            {
                assert(values.Generate(source, null, out _));
            }
            catch (Exception)
            {
                // Begins with the same value, and throws with the smallest one that it finds.
                values.Sample(assert, seed: state, iter: Shrinking, threads: 1);
                throw;
            }
        }
    }
}
